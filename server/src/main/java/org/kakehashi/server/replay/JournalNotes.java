package org.kakehashi.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Store;

/**
 * Writes what happens to a recording in its session's journal: through the session where it is in
 * the programme, else into the file. Thread: any that may wait.
 */
public final class JournalNotes implements RecordingEdits.Notes {
  private final Sessions sessions;
  private final Store store;
  private final InstantSource clock;

  /**
   * @param sessions those in the programme
   */
  public JournalNotes(Sessions sessions, Store store, InstantSource clock) {
    this.sessions = sessions;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void note(String session, JournalEvent event) {
    Optional<LiveSession> running = sessions.find(session);
    if (running.isPresent()) {
      running.get().note(event);
    } else {
      append(session, event);
    }
  }

  /** The session's clock has stopped for good: its ticks are told by the time of day. */
  private synchronized void append(String session, JournalEvent event) {
    Instant now = clock.instant();
    List<JournalEntry> entries = store.entries(session);
    Instant started =
        entries.reversed().stream()
            .filter(entry -> entry.event() instanceof JournalEvent.Started)
            .map(JournalEntry::at)
            .findFirst()
            .orElse(now);
    try (Journal journal = store.journal(session)) {
      journal.append(
          new JournalEntry(MediaClock.ticksIn(Duration.between(started, now)), now, event));
    }
  }
}
