package org.kakehashi.server.live;

import org.kakehashi.media.webrtc.CloseReason;

/**
 * What the end of a connection leaves behind: nothing where its owner or somebody in charge wanted
 * it; a place kept for their return where they vanished. Thread: the session's.
 */
final class Departure {
  private Departure() {}

  static void of(MediaConnection connection, CloseReason why, Room room) {
    switch (connection.kind()) {
      case LISTENER -> room.audience().remove(connection.id());
      case SLIDES ->
          room.stage()
              .slides()
              .filter(slides -> slides.publication() == connection)
              .ifPresent(slides -> room.stage().showSlides(null));
      case SIGN ->
          room.stage()
              .sign()
              .filter(sign -> sign.publication() == connection)
              .ifPresent(sign -> room.stage().showSign(null));
      case FLOOR ->
          room.stage()
              .of(connection)
              .ifPresent(
                  source -> {
                    if (comesBack(connection, why)) {
                      source.gone(room.clock().now());
                    } else {
                      room.stage().remove(source);
                    }
                  });
      case BOOTH ->
          room.booths()
              .seat(connection)
              .ifPresent(
                  seat -> {
                    if (comesBack(connection, why)) {
                      seat.gone(room.clock().now());
                      room.booths().lost(seat);
                    } else {
                      seat.disconnect();
                    }
                  });
    }
  }

  /** Whether somebody who was heard before vanished against their will, as far as one can tell. */
  private static boolean comesBack(MediaConnection connection, CloseReason why) {
    return connection.isReady()
        && switch (why) {
          case GOODBYE, CONSENT_EXPIRED, FAULT -> true;
          default -> false;
        };
  }
}
