package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TURN = SECOND / 50;

  private final Probe probe = new Probe();
  private long now = 5 * SECOND;
  private long padded;

  /** Passes time; what was padded meanwhile, in bytes. */
  private long pass(double seconds, long goal, long known, long flowing) {
    long before = padded;
    long end = now + (long) (seconds * SECOND);
    int turn = 0;
    while (now < end) {
      if (turn++ % 10 == 0) {
        probe.consider(goal, known, flowing, now);
      }
      if (probe.isRunning()) {
        padded += probe.due(now);
      }
      now += TURN;
    }
    return padded - before;
  }

  @Test
  void waitsBeforeItTries() {
    assertThat(pass(2.5, 500_000, 200_000, 150_000)).isZero();
    assertThat(pass(2.5, 500_000, 200_000, 150_000)).isPositive();
  }

  @Test
  void triesALittleMoreThanIsKnownAndNeverFarMore() {
    pass(2.8, 10_000_000, 400_000, 300_000);
    long bytes = pass(2, 10_000_000, 400_000, 300_000);
    // Up to 500 kbit/s in all, for a second and a half: 200 kbit/s of padding.
    assertThat(bytes * 8 / 1.5).isBetween(160_000.0, 240_000.0);
  }

  @Test
  void triesLessAndLessOftenWhileItDoesNotHelp() {
    long inTheFirstMinute = pass(60, 500_000, 200_000, 150_000);
    long later = pass(60, 500_000, 200_000, 150_000);
    assertThat(later).isLessThan(inTheFirstMinute);
    long muchLater = pass(60, 500_000, 200_000, 150_000);
    assertThat(muchLater).isPositive().isLessThanOrEqualTo(later);
  }

  @Test
  void goesOnAtOnceWhereItHelped() {
    pass(3.2, 2_000_000, 200_000, 150_000);
    assertThat(probe.isRunning()).isTrue();
    pass(1.5, 2_000_000, 300_000, 150_000);
    assertThat(pass(0.5, 2_000_000, 300_000, 150_000)).isPositive();
  }

  @Test
  void congestionEndsIt() {
    pass(3.2, 500_000, 200_000, 150_000);
    assertThat(probe.isRunning()).isTrue();
    probe.failed(now);
    assertThat(probe.isRunning()).isFalse();
    assertThat(pass(5.5, 500_000, 200_000, 150_000)).isZero();
  }

  @Test
  void isBoundedWhateverIsAskedFor() {
    pass(2.8, Long.MAX_VALUE / 4, 50_000_000, 0);
    long bytes = pass(2, Long.MAX_VALUE / 4, 50_000_000, 0);
    assertThat(bytes * 8 / 1.5).isLessThan(2_300_000);
  }
}
