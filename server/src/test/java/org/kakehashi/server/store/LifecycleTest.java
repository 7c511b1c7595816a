package org.kakehashi.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.store.Lifecycle.State;

class LifecycleTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "'',                                       NOTHING, -1",
    "started,                                  LIVE,    -1",
    "started closed,                           LIVE,    -1",
    "started closed started,                   LIVE,    -1",
    "started ended,                            ENDED,    1",
    "started ended closed,                     ENDED,    1",
    "started ended closed started,             ENDED,    1",
    "started ended resumed,                    LIVE,    -1",
    "started ended resumed ended,              ENDED,    3",
    "started ended closed started resumed,     LIVE,    -1",
    "started ended over,                       OVER,     1",
    "started ended over closed,                OVER,     1",
    "started ended over closed started ended,  OVER,     1",
    "started ended over resumed,               OVER,     1",
  })
  void aServersStopIsNoSessionsEnd(String events, State state, int endedAt) {
    List<JournalEntry> entries = new ArrayList<>();
    for (String word : events.isEmpty() ? new String[0] : events.split(" ", -1)) {
      JournalEvent event =
          switch (word) {
            case "started" -> new JournalEvent.Started("s", List.of());
            case "ended" -> new JournalEvent.Ended("p");
            case "resumed" -> new JournalEvent.Resumed("p");
            case "over" -> new JournalEvent.Over();
            default -> new JournalEvent.Closed();
          };
      entries.add(new JournalEntry(0, START.plusSeconds(entries.size()), event));
    }

    assertThat(Lifecycle.of(entries))
        .isEqualTo(
            new Lifecycle(
                state,
                endedAt < 0 ? null : START.plusSeconds(endedAt),
                entries.isEmpty() ? null : entries.getLast().at()));
  }
}
