package org.kakehashi.server.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Lifecycle;

/**
 * The end of a session, and its undoing. Thread: the session's.
 *
 * <pre>
 *   live ──end──▶ ended: all connected, nothing heard ──60 s──▶ over: all disconnected
 *     ▲                          │
 *     └──────────resume──────────┘
 * </pre>
 */
final class Ending {
  private final Room room;
  private final Sockets sockets;
  private final Snapshots snapshots;
  private @Nullable Long overAtTicks;
  private boolean over;

  Ending(Room room, Sockets sockets, Snapshots snapshots) {
    this.room = room;
    this.sockets = sockets;
    this.snapshots = snapshots;
  }

  /**
   * Goes on from what was when the server last ran.
   *
   * @return whether the session is over
   */
  boolean goOnFrom(Lifecycle past) {
    switch (past.state()) {
      case NOTHING, LIVE -> {}
      case OVER -> {
        room.ended(true);
        over = true;
      }
      case ENDED -> {
        room.ended(true);
        MediaClock clock = room.clock();
        Instant now = clock.wallTime(clock.now());
        Duration since =
            Duration.between(Objects.requireNonNullElse(past.endedAt(), Instant.EPOCH), now);
        Duration left = room.limits().resumable().minus(since);
        if (left.isPositive()) {
          overAtTicks = clock.now() + MediaClock.ticksIn(left);
        } else {
          room.journal().write(new JournalEvent.Over());
          over = true;
        }
      }
    }
    room.settle();
    return over;
  }

  void end(Person who) {
    Rights.requireEnd(who);
    long now = room.clock().now();
    overAtTicks = now + MediaClock.ticksIn(room.limits().resumable());
    room.ended(true);
    room.journal().write(new JournalEvent.Ended(who.id()));
    notice().ifPresent(sockets::sendAll);
  }

  void resume(Person who) {
    Rights.requireEnd(who);
    if (!room.hasEnded()) {
      return;
    }
    if (over) {
      throw ProblemType.SESSION_ENDED.because("It is too late to undo the end.").asException();
    }
    overAtTicks = null;
    room.ended(false);
    room.journal().write(new JournalEvent.Resumed(who.id()));
    long now = room.clock().now();
    for (Socket socket : sockets.all()) {
      socket
          .outbox()
          .send(sockets.json(snapshots.welcome(socket.person(), null, room.clock().wallTime(now))));
    }
  }

  /** What everybody is told while the end can be undone. */
  Optional<Message.Ended> notice() {
    Long at = overAtTicks;
    return at == null ? Optional.empty() : Optional.of(new Message.Ended(until(room.clock(), at)));
  }

  /** Whether the time to undo the end has just run out. */
  boolean isOverNow() {
    Long at = overAtTicks;
    if (at == null || over || room.clock().now() < at) {
      return false;
    }
    over = true;
    return true;
  }

  private static Instant until(MediaClock clock, long ticks) {
    return clock.wallTime(ticks);
  }
}
