package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.replay.RecordingView.Stretch;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

class VisibleTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final List<JournalEntry> journal = new ArrayList<>();

  @Test
  void whatNobodySharedIsNeverShown() {
    write(1, shown("sign", "s-1"));
    write(2, new JournalEvent.Closed());
    assertThat(Visible.of("slides", journal, START, 10_000)).isEmpty();
  }

  @Test
  void aPictureIsShownFromItsFirstSourceToItsLast() {
    write(-1, shown("slides", "s-1"));
    write(2, shown("slides", "s-2"));
    write(3, shown("slides", null));
    write(5, shown("slides", "s-3"));
    assertThat(Visible.of("slides", journal, START, 10_000))
        .containsExactly(new Stretch(0, 3000), new Stretch(5000, 10_000));
  }

  @Test
  void whatAServerShowedEndsWithIt() {
    write(1, shown("slides", "s-1"));
    write(2, new JournalEvent.Closed());
    write(4, new JournalEvent.Started("s", List.of()));
    write(5, shown("slides", "s-1"));
    write(7, new JournalEvent.Started("s", List.of()));
    assertThat(Visible.of("slides", journal, START, 10_000))
        .containsExactly(new Stretch(1000, 2000), new Stretch(5000, 7000));
  }

  private static JournalEvent shown(String picture, @Nullable String source) {
    return new JournalEvent.Shown(picture, source, source == null ? null : "p", null);
  }

  private void write(int second, JournalEvent event) {
    journal.add(new JournalEntry(0, START.plusSeconds(second), event));
  }
}
