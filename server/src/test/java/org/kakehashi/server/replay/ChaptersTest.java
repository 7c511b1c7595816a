package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.recording.Gap;
import org.kakehashi.server.programme.AgendaItem;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

class ChaptersTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final long MINUTE = 60_000;

  private final List<JournalEntry> journal = new ArrayList<>();

  @Test
  void eachWhoSpeaksHasAChapterUntilSomebodyElseDoes() {
    speaks(2, "aiko", "ja");
    speaks(30, "bruno", "fr");
    speaks(50, "aiko", "ja");

    assertThat(speakers())
        .containsExactly("2000-30000 aiko ja", "30000-50000 bruno fr", "50000-60000 aiko ja");
  }

  @Test
  void aWordInBetweenInterruptsNobody() {
    speaks(2, "aiko", "ja");
    speaks(30, "bruno", "fr");
    speaks(34.9, "aiko", "ja");
    speaks(57, "bruno", "fr");

    assertThat(speakers()).containsExactly("2000-60000 aiko ja");
  }

  @Test
  void whoLeavesAndTheEndEndAChapter() {
    speaks(2, "aiko", "ja");
    write(
        20, new JournalEvent.OnStage("s-aiko", "aiko", "aiko", "speaker", "left", "closed", "ja"));
    speaks(30, "bruno", "fr");
    write(40, new JournalEvent.Ended("chair"));

    assertThat(speakers()).containsExactly("2000-20000 aiko ja", "30000-40000 bruno fr");
  }

  @Test
  void aRestartEndsAChapterAndWhatWasBeforeTheRecordingIsCutOff() {
    speaks(-10, "aiko", "ja");
    write(20, new JournalEvent.Started("s", List.of("fr", "ja")));
    speaks(25, "aiko", "ja");

    assertThat(speakers()).containsExactly("0-20000 aiko ja", "25000-60000 aiko ja");
  }

  @Test
  void theAgendaAndTheGapsAreChaptersToo() {
    List<Chapter> chapters =
        Chapters.of(
            journal,
            START,
            MINUTE,
            List.of(
                new AgendaItem(title("Long before"), START.minusSeconds(100)),
                new AgendaItem(title("Before"), START.minusSeconds(50)),
                new AgendaItem(title("Opening"), START.plusSeconds(10)),
                new AgendaItem(title("Never"), START.plusSeconds(100))),
            List.of(new Gap(20 * 48_000, 25 * 48_000)),
            Map.of("agenda-10000", title("Opening, at last"), "agenda-5", title("nothing")));

    assertThat(chapters)
        .extracting(
            c -> c.id() + "-" + c.endMs() + " " + (c.title() == null ? "" : c.title().in("fr")))
        .containsExactly(
            "agenda-0-10000 Before", "agenda-10000-60000 Opening, at last", "gap-20000-25000 ");
    assertThat(chapters).extracting(Chapter::renamed).containsExactly(false, true, false);
  }

  private List<String> speakers() {
    return Chapters.of(journal, START, MINUTE, List.of(), List.of(), Map.of()).stream()
        .map(c -> "%d-%d %s %s".formatted(c.startMs(), c.endMs(), c.speaker(), c.language()))
        .toList();
  }

  private void speaks(double second, String who, String language) {
    write(second, new JournalEvent.Speaker("s-" + who, who, who, language));
  }

  private void write(double second, JournalEvent event) {
    journal.add(new JournalEntry(0, START.plusMillis(Math.round(second * 1000)), event));
  }

  private static LocalText title(String text) {
    return new LocalText(Map.of("fr", text));
  }
}
