package org.kakehashi.server.live;

import org.kakehashi.server.people.Person;

/** Gathers what is new in all of a session for its sockets. Thread: the session's. */
final class News {
  private final Room room;
  private final Sockets sockets;
  private final Snapshots snapshots;
  private final RecordingWatch recording;
  private final NodeWatch node;
  private final FilePlays plays;

  News(
      Room room,
      Sockets sockets,
      Snapshots snapshots,
      RecordingWatch recording,
      NodeWatch node,
      FilePlays plays) {
    this.room = room;
    this.sockets = sockets;
    this.snapshots = snapshots;
    this.recording = recording;
    this.node = node;
    this.plays = plays;
  }

  /** Looks after the recording, and at the node; once a second. */
  void look() {
    recording.look();
    node.look();
  }

  /** Tells everybody what is new. */
  void flush() {
    sockets.flush(room, snapshots, recording.status(), node.status(), plays.listed());
  }

  /**
   * Tells everybody what is new since {@code who} did something; where somebody out of a crowd
   * came, went or chose, a tick does so within a tenth of a second for all of them together.
   */
  void flushAfter(Person who) {
    if (!who.role().onlyListens() || !sockets.isCrowd(room)) {
      flush();
    }
  }
}
