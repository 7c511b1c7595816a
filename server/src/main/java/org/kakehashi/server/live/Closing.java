package org.kakehashi.server.live;

import java.util.List;
import java.util.function.BiConsumer;
import org.kakehashi.media.webrtc.CloseReason;

/** Sends everybody away: the session is over, or the server stops. Thread: the session's. */
final class Closing {
  private static final int ENDED = 4410;
  private static final int GOING_AWAY = 1001;

  private final Room room;
  private final Sockets sockets;
  private final FilePlayback files;
  private final BiConsumer<MediaConnection, CloseReason> closed;

  /**
   * @param closed told of each connection that is ended
   */
  Closing(
      Room room,
      Sockets sockets,
      FilePlayback files,
      BiConsumer<MediaConnection, CloseReason> closed) {
    this.room = room;
    this.sockets = sockets;
    this.files = files;
    this.closed = closed;
  }

  /** The session is over. */
  void over() {
    everybody(CloseReason.SESSION_ENDED, ENDED, "The session has ended");
  }

  /** The server stops; they come back when it is there again. */
  void shutdown() {
    everybody(CloseReason.SHUTDOWN, GOING_AWAY, "The server is going away");
  }

  private void everybody(CloseReason why, int code, String reason) {
    for (MediaConnection connection : List.copyOf(room.connections().values())) {
      connection.end(why);
      closed.accept(connection, why);
    }
    for (StageSource source : List.copyOf(room.stage().sources())) {
      source.publication().end(why);
      room.stage().remove(source);
    }
    for (Booth booth : room.booths().all()) {
      for (Seat seat : List.copyOf(booth.seats())) {
        seat.publication().ifPresent(own -> own.end(why));
        booth.leave(seat);
      }
    }
    files.close();
    sockets.closeAll(code, reason);
  }
}
