package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

class ChannelHistoryTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final List<JournalEntry> journal = new ArrayList<>();

  @Test
  void everyChannelIsAccountedForFromFirstToLast() {
    write(-1, route("floor", "silence", null, null));
    write(1, route("floor", "original", "fr", null));
    write(1, route("ja", "interpretation", "ja", "fr-ja"));
    write(2, route("ja", "interpretation", "ja", "fr-ja"));
    write(3, route("xx", "original", "fr", null));
    write(6, new JournalEvent.Closed());
    write(9, new JournalEvent.Started("s", List.of("ja")));
    write(9, route("floor", "original", "ja", null));

    assertThat(
            ChannelHistory.of(journal, List.of("ja"), START, 10_000).stream()
                .map(
                    s ->
                        "%s %d-%d %s %s %s"
                            .formatted(
                                s.channel(),
                                s.startMs(),
                                s.endMs(),
                                s.kind(),
                                s.language(),
                                s.booth())))
        .containsExactly(
            "floor 0-1000 silence null null",
            "ja 0-1000 silence null null",
            "floor 1000-6000 original fr null",
            "ja 1000-6000 interpretation ja fr-ja",
            "floor 6000-9000 silence null null",
            "ja 6000-10000 silence null null",
            "floor 9000-10000 original ja null");
  }

  private static JournalEvent route(String channel, String kind, String language, String booth) {
    return new JournalEvent.Route(channel, "floor", kind, null, booth, language);
  }

  private void write(int second, JournalEvent event) {
    journal.add(new JournalEntry(0, START.plusSeconds(second), event));
  }
}
