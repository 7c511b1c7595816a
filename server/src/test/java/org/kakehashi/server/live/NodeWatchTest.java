package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.WebRtcStats;

class NodeWatchTest {
  private final FakePort port = new FakePort();
  private final AtomicLong nanos = new AtomicLong();
  private final NodeWatch watch = new NodeWatch(port::load, nanos::get);

  @Test
  void saysAtOnceThatTheNodeIsFullAndThatItNoLongerIs() {
    assertThat(watch.status()).isEqualTo(new Message.Node(0, 0, false));
    after(1, 0.9, 0, true);
    assertThat(watch.status()).isEqualTo(new Message.Node(90, 0, true));
    after(1, 0.5, 0, false);
    assertThat(watch.status()).isEqualTo(new Message.Node(50, 0, false));
  }

  @Test
  void saysAtOnceThatListenersAreSentPackedSound() {
    after(1, 0.7, 300, false);
    assertThat(watch.status().packed()).isEqualTo(300);
    after(1, 0.7, 320, false);
    assertThat(watch.status().packed()).as("a mere figure can wait").isEqualTo(300);
    after(1, 0.1, 0, false);
    assertThat(watch.status().packed()).isZero();
  }

  @Test
  void saysFiguresEveryTenSeconds() {
    for (int second = 1; second < 10; second++) {
      after(1, second / 10.0, 0, false);
      assertThat(watch.status().busy()).isZero();
    }
    after(1, 0.42, 0, false);
    assertThat(watch.status().busy()).isEqualTo(42);
  }

  private void after(int seconds, double share, int packed, boolean full) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    port.load = new WebRtcStats.Load(Duration.ZERO, share, 0, 0, packed, full);
    watch.look();
  }
}
