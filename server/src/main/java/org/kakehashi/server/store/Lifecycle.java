package org.kakehashi.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a session had come when its journal was last written: what a restarted server goes on
 * from. A server's stop is no session's end.
 *
 * <pre>
 *   nothing ──started──▶ LIVE ──ended──▶ ENDED ──over──▶ OVER
 *                          ▲               │
 *                          └────resumed────┘        started, closed: no change after the first
 * </pre>
 *
 * @param endedAt when it was ended; null unless it was
 * @param writtenAt when anything was last written; null if nothing was
 */
public record Lifecycle(State state, @Nullable Instant endedAt, @Nullable Instant writtenAt) {
  /** A session that has never run. */
  public static final Lifecycle NOTHING = new Lifecycle(State.NOTHING, null, null);

  /** How far it had come. */
  public enum State {
    /** It has never run. */
    NOTHING,
    /** It ran. */
    LIVE,
    /** It was ended, which could be undone for a while. */
    ENDED,
    /** It was ended for good. */
    OVER
  }

  /** What {@code entries} tell, the oldest first. */
  public static Lifecycle of(List<JournalEntry> entries) {
    Lifecycle now = NOTHING;
    for (JournalEntry entry : entries) {
      now = now.after(entry);
    }
    return now;
  }

  private Lifecycle after(JournalEntry entry) {
    return switch (entry.event()) {
      case JournalEvent.Started started when state == State.NOTHING ->
          new Lifecycle(State.LIVE, null, entry.at());
      case JournalEvent.Ended ended when state != State.OVER ->
          new Lifecycle(State.ENDED, entry.at(), entry.at());
      case JournalEvent.Resumed resumed when state == State.ENDED ->
          new Lifecycle(State.LIVE, null, entry.at());
      case JournalEvent.Over over -> new Lifecycle(State.OVER, endedAt, entry.at());
      default -> new Lifecycle(state, endedAt, entry.at());
    };
  }
}
