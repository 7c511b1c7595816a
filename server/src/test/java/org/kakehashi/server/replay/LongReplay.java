package org.kakehashi.server.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.kakehashi.media.recording.QuickRecording;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.server.bench.Venue;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.programme.ProgrammeReader;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.FolderStore;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/**
 * Prepares a server's folder with a session that is over and was recorded for long: {@code
 * LongReplay FOLDER MINUTES}. What is there already stays.
 */
final class LongReplay {
  private LongReplay() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Venue venue = Venue.in(folder);
    if (Files.exists(venue.data().resolve("recordings").resolve(Venue.SESSION))) {
      return;
    }
    SessionPlan plan = new ProgrammeReader().read(venue.programme()).sessions().getFirst();
    RecordingCatalogue catalogue =
        new RecordingCatalogue(venue.data(), RecordingsSettings.DEFAULT, InstantSource.system());
    Recording recording =
        QuickRecording.make(
            catalogue.folder(plan.id()),
            Duration.ofMinutes(Integer.parseInt(args[1])),
            plan.languages());
    catalogue.ended(catalogue.began(plan, recording), recording);
    Instant now = Instant.now();
    try (Journal journal = new FolderStore(venue.data()).journal(plan.id())) {
      journal.append(new JournalEntry(0, now, new JournalEvent.Ended("bench")));
      journal.append(new JournalEntry(0, now, new JournalEvent.Over()));
    }
  }
}
