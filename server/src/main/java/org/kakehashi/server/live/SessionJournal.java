package org.kakehashi.server.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.stage.MainPicture;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/**
 * Writes down what happens in a session, stamped with its media clock; of what is looked at again
 * and again, only the changes. Thread: the session's.
 */
final class SessionJournal {
  private final Journal journal;
  private final MediaClock clock;
  private final Map<String, JournalEvent.OnStage> stage = new HashMap<>();
  private JournalEvent.FloorLanguage floorLanguage =
      new JournalEvent.FloorLanguage(null, "unknown");
  private JournalEvent.Picture picture = new JournalEvent.Picture(null, null);
  private JournalEvent.@Nullable Speaker speaker;
  private final Map<String, JournalEvent.Shown> shown = new HashMap<>();

  SessionJournal(Journal journal, MediaClock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  void write(JournalEvent event) {
    long now = clock.now();
    journal.append(new JournalEntry(now, clock.wallTime(now), event));
  }

  /** Writes down what has changed on stage. */
  void stage(Stage now, LiveLimits limits) {
    for (StageSource source : now.sources()) {
      JournalEvent.OnStage place = describe(source, limits);
      if (!place.equals(stage.put(source.id(), place))) {
        write(place);
      }
    }
    stage
        .entrySet()
        .removeIf(
            entry -> {
              if (now.find(entry.getKey()).isPresent()) {
                return false;
              }
              JournalEvent.OnStage was = entry.getValue();
              write(
                  new JournalEvent.OnStage(
                      was.source(),
                      was.person(),
                      was.name(),
                      was.kind(),
                      "left",
                      "closed",
                      was.language()));
              return true;
            });
    now.speaker()
        .map(
            source ->
                new JournalEvent.Speaker(
                    source.id(),
                    source.person().id(),
                    limits.shown(source.person().name()),
                    source.language()))
        .filter(event -> !event.equals(speaker))
        .ifPresent(
            event -> {
              speaker = event;
              write(event);
            });
    MainPicture main = now.picture();
    JournalEvent.Picture shown = new JournalEvent.Picture(main.source(), Snapshots.chosenBy(main));
    if (!shown.equals(picture)) {
      picture = shown;
      write(shown);
    }
  }

  /**
   * Writes down whether there is anything to see beside the main picture, and whose it is.
   *
   * @param picture {@code slides} or {@code sign}
   * @param from where it comes from, if anywhere
   */
  void shown(String picture, Optional<StageSource> from) {
    JournalEvent.Shown now =
        from.filter(StageSource::hasCamera)
            .map(
                source ->
                    new JournalEvent.Shown(
                        picture, source.id(), source.person().id(), source.language()))
            .orElseGet(() -> new JournalEvent.Shown(picture, null, null, null));
    JournalEvent.Shown before = shown.put(picture, now);
    if (before == null ? now.source() != null : !now.equals(before)) {
      write(now);
    }
  }

  /** Writes down the floor's language if it has changed. */
  void floorLanguage(JournalEvent.FloorLanguage now) {
    if (!Objects.equals(now, floorLanguage)) {
      floorLanguage = now;
      write(now);
    }
  }

  private static JournalEvent.OnStage describe(StageSource source, LiveLimits limits) {
    String state = source.isLost() ? "lost" : source.isOnStage() ? "on" : "waiting";
    return new JournalEvent.OnStage(
        source.id(),
        source.person().id(),
        limits.shown(source.person().name()),
        source.kind().id(),
        state,
        source.isMicrophoneOpen() ? "open" : "closed",
        source.language());
  }

  void sync() {
    journal.sync();
  }

  void close() {
    journal.close();
  }
}
