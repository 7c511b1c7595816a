package org.kakehashi.server.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.kakehashi.media.recording.Recorder;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.RecordingException;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.programme.SessionPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All recordings in {@code data/recordings}: those that run, those that have ended, and those that
 * were deleted as long as that can be undone. Thread: any.
 */
public final class RecordingCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingCatalogue.class);

  /** How many that have ended keep their indexes in memory; a few MiB for each of two hours. */
  private static final int OPEN = 32;

  private final Path folder;
  private final RecordingsSettings settings;
  private final InstantSource clock;
  private final DocumentFile file = new DocumentFile();
  private final Map<String, Recorded> all = new ConcurrentHashMap<>();
  private final Map<String, Recorded> lately =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Recorded> eldest) {
          boolean many = size() > OPEN;
          if (many) {
            eldest.getValue().rest();
          }
          return many;
        }
      };

  /**
   * Reads what is there.
   *
   * @param data the data folder
   */
  public RecordingCatalogue(Path data, RecordingsSettings settings, InstantSource clock) {
    this.folder = data.resolve("recordings");
    this.settings = settings;
    this.clock = clock;
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      folders
          .filter(Files::isDirectory)
          .forEach(
              each ->
                  file.read(each)
                      .ifPresent(
                          document ->
                              all.put(document.session(), new Recorded(each, file, document))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read: " + unreadable, unreadable);
    }
  }

  /** How they are made. */
  public RecordingsSettings settings() {
    return settings;
  }

  /** The recording of a session, deleted ones too. */
  public Optional<Recorded> find(String session) {
    Optional<Recorded> found = Optional.ofNullable(all.get(session));
    synchronized (lately) {
      found.ifPresent(recorded -> lately.put(session, recorded));
    }
    return found;
  }

  /** All of them, deleted ones too; the newest first. */
  public List<Recorded> all() {
    List<Recorded> sorted = new ArrayList<>(all.values());
    sorted.sort(
        Comparator.comparing(
                (Recorded recorded) ->
                    Optional.ofNullable(recorded.startedAt()).orElse(Instant.EPOCH))
            .reversed()
            .thenComparing(Recorded::session));
    return sorted;
  }

  /** The folder in which a session is recorded. */
  Path folder(String session) {
    return folder.resolve(session);
  }

  /** A session is recorded from now on, or again. */
  Recorded began(SessionPlan plan, Recording recording) {
    Recorded recorded =
        all.computeIfAbsent(
            plan.id(), id -> new Recorded(recording.folder(), file, RecordingDocument.of(plan)));
    recorded.began(recording);
    // Also for one that is new: from now on it is on disk.
    file.write(
        recorded.folder(),
        recorded.change(document -> document.with(plan).withDeletedAt(null).withFigures(null)));
    return recorded;
  }

  /**
   * Ends what a crash, or a change of the programme, has left behind: recordings that nobody goes
   * on with become whole. To be called once the sessions run.
   */
  public void closeAbandoned() {
    for (Recorded recorded : all.values()) {
      if (!recorded.isLive() && recorded.document().figures() == null) {
        close(recorded);
      }
    }
  }

  /** A recording is whole. */
  void ended(Recorded recorded, Recording whole) {
    recorded.ended(whole);
    Posters.provide(recorded, clock.instant().toEpochMilli());
  }

  /** Makes a recording whole that nobody goes on with. */
  void close(Recorded recorded) {
    try {
      ended(recorded, Recorder.close(recorded.folder(), settings.recorder()));
      LOG.info("The recording of {} is whole now: nobody goes on with it", recorded.session());
    } catch (RecordingException | UncheckedIOException unusable) {
      recorded.interrupted();
      LOG.warn("The recording of {} cannot be made whole", recorded.session(), unusable);
    }
  }

  /** When a deletion can no longer be undone. */
  Instant keptUntil(Instant deletedAt) {
    return deletedAt.plus(settings.deletedKeptFor());
  }

  /** Removes for good what was deleted long enough ago; never throws. */
  public void purge() {
    try {
      purgeNow();
    } catch (RuntimeException failed) {
      LOG.warn("Deleted recordings cannot be removed now", failed);
    }
  }

  private void purgeNow() {
    Instant now = clock.instant();
    for (Recorded recorded : List.copyOf(all.values())) {
      Instant deletedAt = recorded.document().deletedAt();
      if (deletedAt != null && !now.isBefore(keptUntil(deletedAt)) && !recorded.isLive()) {
        forget(recorded.session());
        LOG.info("The deleted recording of {} was removed for good", recorded.session());
      }
    }
  }

  /** Removes a recording's files; the session's journal stays. */
  void forget(String session) {
    Recorded gone = all.remove(session);
    synchronized (lately) {
      lately.remove(session);
    }
    if (gone != null) {
      RecordingFiles.remove(gone.folder());
    }
  }
}
