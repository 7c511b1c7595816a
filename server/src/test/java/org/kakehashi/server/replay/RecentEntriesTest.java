package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
  private long now = 5;
  private int readings;

  private final RecentEntries recent =
      new RecentEntries(
          session -> {
            readings++;
            return List.of();
          },
          () -> now);

  @Test
  void aLiveJournalIsReadOnceASecondForAllWhoAsk() {
    for (int i = 0; i < 1_000; i++) {
      recent.of("live", true);
    }
    assertThat(readings).isEqualTo(1);
    recent.of("other", true);
    assertThat(readings).isEqualTo(2);
    now += TimeUnit.SECONDS.toNanos(1);
    recent.of("live", true);
    recent.of("live", true);
    assertThat(readings).isEqualTo(3);
  }

  @Test
  void whatHasEndedIsReadAsItIs() {
    recent.of("talk", true);
    recent.of("talk", false);
    recent.of("talk", false);
    assertThat(readings).isEqualTo(3);
    recent.of("talk", true);
    assertThat(readings).isEqualTo(4);
  }
}
