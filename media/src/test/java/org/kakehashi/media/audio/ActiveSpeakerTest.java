package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveSpeakerTest {
  private static final long MILLISECOND = 48;
  private static final int QUIET = -90;

  private final ActiveSpeaker speaker = new ActiveSpeaker(ActiveSpeaker.Settings.standard());
  private long now;

  /** Both sources send a packet every 20 ms. */
  private void pass(int milliseconds, int a, int b) {
    for (int i = 0; i < milliseconds; i += 20) {
      now += 20 * MILLISECOND;
      speaker.level("a", a, now);
      speaker.level("b", b, now);
    }
  }

  @Test
  void nobodyIsActiveBeforeAnybodySpoke() {
    pass(5_000, QUIET, -70);
    assertThat(speaker.active()).isEmpty();
    assertThat(speaker.isSpeaking("a", now)).isFalse();
  }

  @Test
  void theFirstToSpeakIsActiveAtOnce() {
    pass(20, -30, QUIET);
    assertThat(speaker.active()).contains("a");
  }

  /** a speaks for 5 s, then a and b do what the row says. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cough while a speaks,            200, -30, -15, a",
    "hai while a speaks,              500, -30, -20, a",
    "long applause-free interjection, 1500, -30, -20, a",
    "louder for two seconds,          2200, -30, -20, b",
    "as loud for five seconds,        5000, -30, -29, a",
    "quieter for five seconds,        5000, -30, -40, a",
    "hai right after a,               500, -90, -20, a",
    "takes over after a,              1700, -90, -30, b",
    "nobody says anything,            20000, -90, -90, a",
    "below the threshold,             20000, -90, -60, a",
  })
  void whoIsActive(String what, int milliseconds, int a, int b, String expected) {
    pass(5_000, -30, QUIET);
    pass(milliseconds, a, b);
    assertThat(speaker.active()).as(what).contains(expected);
  }

  @Test
  void aCoughInALongPauseFlipsNothing() {
    pass(5_000, -30, QUIET);
    pass(5_000, QUIET, QUIET);
    pass(300, QUIET, -15);
    pass(5_000, QUIET, QUIET);
    assertThat(speaker.active()).contains("a");
  }

  @Test
  void pausesBetweenWordsDoNotEndSpeaking() {
    pass(20, -30, QUIET);
    long begin = now;
    for (int word = 0; word < 6; word++) {
      pass(400, -30, QUIET);
      pass(300, QUIET, QUIET);
    }
    assertThat(speaker.speakingSince("a", now)).hasValue(begin);
    assertThat(now - speaker.speakingSince("a", now).orElseThrow()).isGreaterThan(3 * 48_000);
    pass(1_000, QUIET, QUIET);
    assertThat(speaker.speakingSince("a", now)).isEmpty();
  }

  @Test
  void whoLeavesIsForgotten() {
    pass(1_000, -30, QUIET);
    speaker.remove("a");
    assertThat(speaker.active()).isEmpty();
    pass(20, QUIET, -30);
    assertThat(speaker.active()).contains("b");
  }

  @Test
  void aChangeIsToldOnce() {
    assertThat(speaker.level("a", -30, 0)).isTrue();
    assertThat(speaker.level("a", -30, 960)).isFalse();
    int changes = 0;
    for (int i = 0; i < 200; i++) {
      changes += speaker.level("b", -30, 100_000 + i * 960L) ? 1 : 0;
    }
    assertThat(changes).isOne();
  }

  @Test
  void countlessSourcesDoNotFillTheMemory() {
    speaker.level("first", -30, 0);
    for (int i = 0; i < 100_000; i++) {
      speaker.level("s-" + i, -30, i);
    }
    int known = 0;
    for (int i = 0; i < 100_000; i++) {
      known += speaker.isSpeaking("s-" + i, 100_000) ? 1 : 0;
    }
    assertThat(known).isLessThan(ActiveSpeaker.MOST);
    assertThat(speaker.active()).isPresent();
  }

  @Test
  void timeThatStepsBackIsHarmless() {
    pass(1_000, -30, QUIET);
    speaker.level("a", -30, 10);
    assertThat(speaker.isSpeaking("a", now)).isTrue();
    speaker.level("b", -10, Long.MIN_VALUE);
    speaker.level("b", -10, Long.MAX_VALUE);
    assertThat(speaker.active()).isPresent();
  }
}
