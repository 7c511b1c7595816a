package org.kakehashi.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.kakehashi.server.programme.SessionPlan;

/**
 * What an earlier demo has recorded. A demo that is started again soon goes on, as a server after a
 * crash does; later it begins anew, so that its sessions run and its disk does not fill.
 */
final class DemoRecordings {
  /** How long a recording may be in a demo; then it is thrown away and begun anew. */
  static final Duration LONGEST = Duration.ofHours(2);

  private static final Duration SOON = Duration.ofMinutes(15);

  private DemoRecordings() {}

  /** Removes the recordings and journals of {@code sessions} unless one was written to lately. */
  static void removeOld(Path data, List<SessionPlan> sessions, Instant now) {
    List<Path> folders =
        sessions.stream().map(plan -> data.resolve("recordings").resolve(plan.id())).toList();
    if (folders.stream().noneMatch(folder -> isRecent(folder, now))) {
      folders.forEach(DemoRecordings::remove);
    }
  }

  private static boolean isRecent(Path folder, Instant now) {
    try {
      Path journal = folder.resolve("journal.jsonl");
      return Files.exists(journal)
          && Files.getLastModifiedTime(journal).toInstant().isAfter(now.minus(SOON));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The earlier demo's recordings in " + folder + " cannot be removed", failed);
    }
  }
}
