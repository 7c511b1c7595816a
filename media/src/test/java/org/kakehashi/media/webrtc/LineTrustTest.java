package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A line is given up at once, and trusted again slowly. */
class LineTrustTest {
  private final LineTrust trust = new LineTrust();
  private long now = Duration.ofHours(1).toNanos();

  private void reported(double loss, int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    trust.reported(loss, now);
  }

  /** How many seconds of clean reports it takes. */
  private int secondsUntilGood() {
    int seconds = 0;
    while (!trust.isGood()) {
      reported(0, 5);
      seconds += 5;
    }
    return seconds;
  }

  @Test
  void aLineIsGoodUntilItLosesPackets() {
    assertThat(trust.isGood()).isTrue();
    reported(0.004, 5);
    assertThat(trust.isGood()).isTrue();
    reported(0.005, 5);
    assertThat(trust.isGood()).isFalse();
  }

  @Test
  void itTakesSeveralCleanReports() {
    reported(0.02, 5);
    assertThat(secondsUntilGood()).isEqualTo(20);
  }

  @Test
  void onlyWhatIsClearlyBelowTheLimitIsClean() {
    reported(0.02, 5);
    for (int i = 0; i < 20; i++) {
      reported(0.003, 5);
    }
    assertThat(trust.isGood()).isFalse();
    reported(0.001, 5);
    assertThat(trust.isGood()).isTrue();
  }

  @Test
  void eachLossMeanwhileBeginsTheWaitAnew() {
    reported(0.02, 5);
    reported(0, 15);
    reported(0.02, 4);
    assertThat(secondsUntilGood()).isEqualTo(20);
  }

  @Test
  void aLineThatIsGoodNowAndThenWaitsLonger() {
    int[] expected = {20, 40, 80, 160, 300, 300};
    for (int wait : expected) {
      reported(0.02, 5);
      assertThat(secondsUntilGood()).isEqualTo(wait);
    }
    reported(0, 301);
    reported(0.02, 5);
    assertThat(secondsUntilGood()).isEqualTo(20);
  }
}
