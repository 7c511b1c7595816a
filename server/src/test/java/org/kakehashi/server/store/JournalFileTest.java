package org.kakehashi.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:00:00.5Z");

  @TempDir Path data;

  @Test
  void aLineLooksAsDocumented() throws IOException {
    try (Journal journal = new FolderStore(data).journal("plenary")) {
      journal.append(
          entry(
              1,
              new JournalEvent.Route("ja", "interpreter", "interpretation", "s-7", "fr-ja", "ja")));
    }
    assertThat(Files.readString(data.resolve("recordings/plenary/journal.jsonl")))
        .isEqualTo(
            "{\"ticks\":1,\"at\":\"2026-11-22T09:00:00.500Z\",\"type\":\"route\",\"channel\":\"ja\","
                + "\"rule\":\"interpreter\",\"kind\":\"interpretation\",\"source\":\"s-7\","
                + "\"booth\":\"fr-ja\",\"language\":\"ja\"}\n");
  }

  @Test
  void everyKindOfEventComesBackAsItWasWritten() {
    List<JournalEvent> events =
        List.of(
            new JournalEvent.Started("s", List.of("fr", "ja")),
            new JournalEvent.Route("floor", "nobody", "silence", null, null, null),
            new JournalEvent.FloorLanguage(null, "unknown"),
            new JournalEvent.Shown("slides", "s-2", "p", "fr"),
            new JournalEvent.OnStage("s-1", "p", "佐藤 \"春子\"\n", "speaker", "on", "open", "ja"),
            new JournalEvent.Picture("s-1", "chair"),
            new JournalEvent.Joined("p", "N", "chair"),
            new JournalEvent.Left("p"),
            new JournalEvent.Ended("p"),
            new JournalEvent.Resumed(null),
            new JournalEvent.Over(),
            new JournalEvent.Closed(),
            new JournalEvent.Speaker("s-1", "p", "N", "fr"),
            new JournalEvent.Recording("resumed", "a gap of 12 s"),
            new JournalEvent.Edited("p", "captions", "ja"),
            new JournalEvent.Full());
    assertThat(events).hasSize(JournalEvent.class.getPermittedSubclasses().length);
    try (Journal journal = new FolderStore(data).journal("s")) {
      events.forEach(event -> journal.append(entry(7, event)));
      assertThat(journal.entries()).extracting(JournalEntry::event).isEqualTo(events);
      assertThat(journal.entries()).allMatch(e -> e.ticks() == 7 && e.at().equals(AT));
    }
  }

  @Test
  void aTornLastLineIsCutOffWhereverItWasTorn() throws IOException {
    Path file = data.resolve("journal.jsonl");
    try (Journal journal = JournalFile.open(file, 1 << 20)) {
      journal.append(entry(1, new JournalEvent.Joined("p", "Éléonore 佐藤", "speaker")));
      journal.append(entry(2, new JournalEvent.Left("p")));
    }
    byte[] whole = Files.readAllBytes(file);
    int firstLine = indexOf(whole, '\n') + 1;
    for (int length = firstLine; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Journal journal = JournalFile.open(file, 1 << 20)) {
        assertThat(journal.entries()).as("torn at %d", length).hasSize(1);
        journal.append(entry(3, new JournalEvent.Closed()));
        assertThat(journal.entries()).extracting(JournalEntry::ticks).containsExactly(1L, 3L);
      }
    }
  }

  @Test
  void aTornLineLongerThanABlockIsCutOffToo() throws IOException {
    Path file = data.resolve("journal.jsonl");
    try (Journal journal = JournalFile.open(file, 1 << 20)) {
      journal.append(entry(1, new JournalEvent.Closed()));
    }
    Files.writeString(file, "{\"ticks\":2," + "x".repeat(10_000), StandardOpenOption.APPEND);
    try (Journal journal = JournalFile.open(file, 1 << 20)) {
      assertThat(journal.entries()).hasSize(1);
    }
    Files.writeString(file, "y".repeat(9_000));
    try (Journal journal = JournalFile.open(file, 1 << 20)) {
      assertThat(journal.entries()).isEmpty();
      journal.append(entry(1, new JournalEvent.Closed()));
      assertThat(journal.entries()).hasSize(1);
    }
  }

  @Test
  void linesThatCannotBeReadAreLeftOut() throws IOException {
    Path file = data.resolve("journal.jsonl");
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      text.append(
          new String(noise, StandardCharsets.ISO_8859_1).replace('\n', ' ').replace('\r', ' '));
      text.append('\n');
    }
    text.append("{}\n[]\nnull\n{\"ticks\":1,\"at\":\"soon\",\"type\":\"closed\"}\n");
    text.append("{\"ticks\":1,\"at\":\"2026-11-22T09:00:00Z\",\"type\":\"from the future\"}\n");
    Files.writeString(file, text);
    try (Journal journal = JournalFile.open(file, 1 << 20)) {
      journal.append(entry(5, new JournalEvent.Closed()));
      assertThat(journal.entries()).extracting(JournalEntry::ticks).containsExactly(5L);
    }
  }

  @Test
  void itGrowsNoLongerThanItMay() throws IOException {
    Path file = data.resolve("journal.jsonl");
    try (Journal journal = JournalFile.open(file, 1_000)) {
      for (int i = 0; i < 100; i++) {
        journal.append(entry(i, new JournalEvent.Left("p")));
      }
      assertThat(journal.lost()).isPositive();
      assertThat(journal.entries().getLast().event()).isEqualTo(new JournalEvent.Full());
    }
    assertThat(Files.size(file)).isLessThan(1_200);
  }

  @Test
  void aSessionsIdIsNoPath() {
    assertThatThrownBy(() -> new FolderStore(data).journal("../s"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int indexOf(byte[] bytes, char wanted) {
    int i = 0;
    while (bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  private static JournalEntry entry(long ticks, JournalEvent event) {
    return new JournalEntry(ticks, AT, event);
  }
}
