package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopLoadTest {
  private final LoopLoad load = new LoopLoad(WebRtcConfig.FULL_AT);
  private long now;
  private long used;
  private long packets;

  /** A second of ticks. */
  private void second(double share, long packetsOfIt, long lateMillis) {
    for (int i = 0; i < 50; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(20);
      used += (long) (share * TimeUnit.MILLISECONDS.toNanos(20));
      packets += packetsOfIt / 50;
      load.observe(now, used, packets, TimeUnit.MILLISECONDS.toNanos(lateMillis));
    }
  }

  @Test
  void aLoopThatHardlyRestsIsFull() {
    second(0.5, 100_000, 0);
    second(0.5, 100_000, 0);
    assertThat(load.isFull()).isFalse();
    assertThat(load.share()).isCloseTo(0.5, within(0.01));
    assertThat(load.capacity()).isCloseTo(170_000, within(4_000.0));
    second(0.9, 180_000, 0);
    second(0.9, 180_000, 0);
    assertThat(load.isFull()).isFalse(); // It may be over in a moment.
    second(0.9, 180_000, 0);
    second(0.9, 180_000, 0);
    assertThat(load.isFull()).isTrue();
    second(0.5, 100_000, 0);
    second(0.5, 100_000, 0);
    assertThat(load.isFull()).isFalse();
  }

  @Test
  void aLoopThatIsLateAtEveryTickIsFull() {
    second(0.3, 1_000, 60);
    second(0.3, 1_000, 60);
    second(0.3, 1_000, 60);
    second(0.3, 1_000, 60);
    second(0.3, 1_000, 60);
    assertThat(load.isFull()).isTrue();
  }

  @Test
  void oneLateTickTellsNothing() {
    second(0.3, 1_000, 0);
    now += TimeUnit.MILLISECONDS.toNanos(500);
    load.observe(now, used, packets, TimeUnit.MILLISECONDS.toNanos(480));
    second(0.3, 1_000, 0);
    assertThat(load.isFull()).isFalse();
  }

  @Test
  void itIsCrowdedUntilThereIsPlentyOfRoom() {
    second(0.65, 1_000, 0);
    second(0.65, 1_000, 0);
    assertThat(load.isCrowded()).isTrue();
    second(0.25, 1_000, 0);
    second(0.25, 1_000, 0);
    assertThat(load.isCrowded()).isTrue();
    second(0.1, 1_000, 0);
    second(0.1, 1_000, 0);
    assertThat(load.isCrowded()).isFalse();
  }

  @Test
  void tooFewPacketsTellNoCapacity() {
    second(0.02, 50, 0);
    second(0.02, 50, 0);
    assertThat(load.capacity()).isZero();
  }
}
