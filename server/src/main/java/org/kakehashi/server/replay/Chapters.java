package org.kakehashi.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Gap;
import org.kakehashi.server.programme.AgendaItem;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/**
 * Makes chapters of what the journal tells: who spoke when, the agenda, the gaps. Pure.
 *
 * <p>Who speaks for less than {@link #MOMENT} interrupts nobody's chapter.
 */
final class Chapters {
  private static final long MOMENT = Duration.ofSeconds(5).toMillis();

  private final Instant startedAt;
  private final long durationMs;
  private final Map<String, LocalText> titles;
  private final List<Chapter> chapters = new ArrayList<>();

  private Chapters(Instant startedAt, long durationMs, Map<String, LocalText> titles) {
    this.startedAt = startedAt;
    this.durationMs = durationMs;
    this.titles = titles;
  }

  /**
   * All chapters by start.
   *
   * @param entries of the journal, the oldest first
   * @param startedAt the wall-clock time of the recording's first moment
   * @param titles those given by hand, by chapter
   */
  static List<Chapter> of(
      List<JournalEntry> entries,
      Instant startedAt,
      long durationMs,
      List<AgendaItem> agenda,
      List<Gap> gaps,
      Map<String, LocalText> titles) {
    Chapters made = new Chapters(startedAt, durationMs, titles);
    made.agenda(agenda);
    made.speakers(entries);
    for (Gap gap : gaps) {
      made.add("gap", Cut.ms(gap.start()), Cut.ms(gap.end()), Chapter.Kind.GAP, null, null, null);
    }
    made.chapters.sort(
        Comparator.comparingLong(Chapter::startMs).thenComparing(chapter -> chapter.kind()));
    return made.chapters;
  }

  /**
   * An item lasts until the next; one whose time is over before the recording began is left out.
   */
  private void agenda(List<AgendaItem> agenda) {
    for (int i = 0; i < agenda.size(); i++) {
      long start = ms(agenda.get(i).startsAt());
      long end = i + 1 < agenda.size() ? ms(agenda.get(i + 1).startsAt()) : durationMs;
      add("agenda", start, end, Chapter.Kind.AGENDA, agenda.get(i).title(), null, null);
    }
  }

  private record Turn(JournalEvent.Speaker who, long startMs) {}

  private void speakers(List<JournalEntry> entries) {
    Turn turn = null;
    Turn interruption = null;
    for (JournalEntry entry : entries) {
      long at = ms(entry.at());
      switch (entry.event()) {
        case JournalEvent.Speaker speaker -> {
          if (interruption != null && at - interruption.startMs >= MOMENT) {
            speaker(turn, interruption.startMs);
            turn = interruption;
          }
          interruption = null;
          if (turn == null) {
            turn = new Turn(speaker, at);
          } else if (!samePerson(turn, speaker)) {
            interruption = new Turn(speaker, at);
          }
        }
        case JournalEvent.OnStage stage when stage.state().equals("left") -> {
          if (interruption != null && interruption.who.source().equals(stage.source())) {
            if (at - interruption.startMs >= MOMENT) {
              speaker(turn, interruption.startMs);
              speaker(interruption, at);
              turn = null;
            }
            interruption = null;
          } else if (turn != null && turn.who.source().equals(stage.source())) {
            speaker(turn, interruption == null ? at : interruption.startMs);
            turn = interruption;
            interruption = null;
          }
        }
        case JournalEvent.Ended ended -> {
          long end = interruption == null ? at : interruption.startMs;
          speaker(turn, end);
          speaker(interruption, at);
          turn = null;
          interruption = null;
        }
        case JournalEvent.Started restarted -> {
          speaker(turn, at);
          turn = null;
          interruption = null;
        }
        default -> {}
      }
    }
    if (interruption != null && durationMs - interruption.startMs >= MOMENT) {
      speaker(turn, interruption.startMs);
      turn = interruption;
    }
    speaker(turn, durationMs);
  }

  private static boolean samePerson(Turn turn, JournalEvent.Speaker speaker) {
    return turn.who.person().equals(speaker.person());
  }

  private void speaker(@Nullable Turn turn, long endMs) {
    if (turn != null) {
      add(
          "speaker",
          turn.startMs,
          endMs,
          Chapter.Kind.SPEAKER,
          null,
          turn.who.name(),
          turn.who.language());
    }
  }

  private void add(
      String prefix,
      long startMs,
      long endMs,
      Chapter.Kind kind,
      @Nullable LocalText title,
      @Nullable String speaker,
      @Nullable String language) {
    long start = Math.clamp(startMs, 0, durationMs);
    long end = Math.clamp(endMs, 0, durationMs);
    if (end <= start) {
      return;
    }
    // By the moment, not by a number: an earlier chapter more or less renames no other.
    String id = prefix + "-" + start;
    LocalText given = titles.get(id);
    chapters.add(
        new Chapter(
            id, start, end, kind, given == null ? title : given, given != null, speaker, language));
  }

  private long ms(Instant at) {
    return Duration.between(startedAt, at).toMillis();
  }
}
