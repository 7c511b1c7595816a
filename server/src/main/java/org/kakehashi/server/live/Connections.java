package org.kakehashi.server.live;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.OfferRejected;
import org.kakehashi.media.webrtc.PeerPlan;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.live.Connection.Kind;
import org.kakehashi.server.live.MediaPort.MediaPeer;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * The session's media connections, from the offer to the end.
 *
 * <pre>
 *   accept ─▶ in the room ─▶ placed: found by its id ─▶ connected: media flows ─▶ closed
 * </pre>
 *
 * <p>Thread: the session's, but for {@link #find} and {@link #close}, which may be called from any.
 */
final class Connections {
  private final LiveSession session;
  private final Room room;
  private final Turns turns;
  private final Doors doors;
  private final MediaPort port;
  private final ConcurrentMap<String, Connection> placed = new ConcurrentHashMap<>();

  Connections(LiveSession session, Room room, Turns turns, Doors doors, MediaPort port) {
    this.session = session;
    this.room = room;
    this.turns = turns;
    this.doors = doors;
    this.port = port;
  }

  /** The session they belong to. */
  LiveSession session() {
    return session;
  }

  /** The connection with this id, if it is open. Thread: any. */
  Optional<Connection> find(String id) {
    return Optional.ofNullable(placed.get(id));
  }

  /**
   * Has an offer answered.
   *
   * @throws ProblemException 422, 429 or 503; nothing is left behind
   */
  MediaConnection accept(Kind kind, Person who, String offer, PeerPlan plan) {
    requireFew(kind, who);
    Handover handover = new Handover();
    MediaPeer peer;
    try {
      peer = port.accept(offer, plan, handover::connected, handover::pictures, handover::closed);
    } catch (OfferRejected rejected) {
      throw Offers.problem(rejected).asException();
    }
    MediaConnection connection = new MediaConnection(kind, this, who, peer);
    boolean nothingOfUse =
        switch (kind) {
          case BOOTH -> connection.audio() == null;
          case FLOOR -> connection.audio() == null && connection.video() == null;
          case SLIDES, SIGN -> connection.video() == null;
          case LISTENER -> false;
        };
    if (nothingOfUse) {
      peer.close(CloseReason.REMOVED);
      throw ProblemType.BAD_OFFER
          .because("The offer sends nothing that is of use here.")
          .asException();
    }
    room.connections().put(connection.id(), connection);
    handover.of(connection);
    return connection;
  }

  private void requireFew(Kind kind, Person who) {
    if (kind.publishes()) {
      requireFewPublications(who);
    } else {
      requireFewEars(who);
    }
  }

  /** A session has so many listeners, but for those who have work to do and need few ears each. */
  private void requireFewEars(Person who) {
    int own = room.audience().connectionsOf(who);
    if (!who.role().onlyListens()) {
      if (own >= room.limits().ears()) {
        throw ProblemType.TOO_MANY_REQUESTS
            .because("You listen as often as one person may: close a connection first.")
            .asException();
      }
    } else if (room.audience().size() >= room.limits().listeners() && own != 1) {
      throw ProblemType.AT_CAPACITY.because("This session is full.").asException();
    }
  }

  private void requireFewPublications(Person who) {
    long held =
        room.connections().values().stream()
            .filter(connection -> connection.kind().publishes())
            .filter(connection -> connection.owner().id().equals(who.id()))
            .count();
    if (held >= room.limits().publications()) {
      throw ProblemType.TOO_MANY_REQUESTS
          .because("You send as much as one person may: close a connection first.")
          .asException();
    }
  }

  /** It has its place in the session: from now on its owner can find it by its id. */
  Connection place(MediaConnection connection) {
    placed.put(connection.id(), connection);
    doors.connected(connection.owner());
    return connection;
  }

  /** The owner ends it; harmless if it ended already. Thread: any. */
  void close(MediaConnection connection) {
    connection.end(CloseReason.REQUESTED);
    turns.run(() -> closed(connection, CloseReason.REQUESTED));
  }

  /** It has ended; harmless when repeated. */
  void closed(MediaConnection connection, CloseReason why) {
    if (room.connections().remove(connection.id()) == null) {
      return;
    }
    placed.remove(connection.id());
    goOn(
        connection,
        () -> {
          Departure.of(connection, why, room);
          doors.left(connection.owner());
        });
  }

  private void connected(MediaConnection connection) {
    goOn(connection, () -> connection.ready(room.clock().now()));
  }

  private void goOn(MediaConnection connection, Runnable action) {
    if (connection.kind().publishes()) {
      turns.goOn(connection.owner(), action);
    } else {
      turns.goOnAttending(connection.owner(), action);
    }
  }

  /** A listener's line takes more pictures than before, or fewer. */
  private void pictures(MediaConnection connection, PictureService now) {
    room.audience().find(connection.id()).ifPresent(hearer -> hearer.see(now));
  }

  /**
   * Takes what a media loop tells about a peer to the session's thread, where the connection is
   * known by then: the offer is answered within one turn of that thread.
   */
  private final class Handover {
    private @Nullable MediaConnection connection; // the session's thread only

    void of(MediaConnection accepted) {
      connection = accepted;
    }

    void connected() {
      turns.leave(() -> with(Connections.this::connected));
    }

    void pictures(PictureService now) {
      turns.leave(() -> with(known -> Connections.this.pictures(known, now)));
    }

    void closed(CloseReason why) {
      turns.leave(() -> with(known -> Connections.this.closed(known, why)));
    }

    private void with(Consumer<MediaConnection> action) {
      MediaConnection known = connection;
      if (known != null) {
        action.accept(known);
      }
    }
  }
}
