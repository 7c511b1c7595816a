package org.kakehashi.server.live;

import java.time.Duration;

/**
 * What a session does by itself, tick after tick: each looks at the sources, every second one tells
 * what is new, every fifth sends levels; once a second the recording and the node are looked at and
 * the journal is brought to the disk. Thread: the session's.
 */
final class SessionTick {
  /** How often sources are looked at: 20 times a second. */
  static final Duration PERIOD = Duration.ofMillis(50);

  private static final int NEWS = 2;
  private static final int LEVELS = 5;
  private static final int SECOND = 20;

  private final Room room;
  private final Sockets sockets;
  private final News news;
  private final Doors doors;
  private final Ending ending;
  private final Closing closing;
  private int ticks;

  SessionTick(Room room, Sockets sockets, News news, Doors doors, Ending ending, Closing closing) {
    this.room = room;
    this.sockets = sockets;
    this.news = news;
    this.doors = doors;
    this.ending = ending;
    this.closing = closing;
  }

  /** Looks once at everything that changes by itself. */
  void tick() {
    ticks++;
    if (ending.isOverNow()) {
      closing.over();
    }
    if (room.look()) {
      doors.leaveSeats();
      room.settle();
      doors.sweep();
    }
    if (ticks % SECOND == 0) {
      news.look();
    }
    if (ticks % NEWS == 0) {
      news.flush();
    }
    if (ticks % LEVELS == 0) {
      sockets.levels(room);
    }
    if (ticks % SECOND == 0) {
      room.journal().sync();
    }
  }
}
