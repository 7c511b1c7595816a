package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ms;

import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
  private final KeyFrameRequests requests = new KeyFrameRequests(ms(500));

  @Test
  void asksAtOnceAndThenNoMoreThanTwiceASecond() {
    assertThat(requests.poll(ms(0))).isFalse();
    requests.request();
    requests.request();
    assertThat(requests.poll(ms(10))).isTrue();
    assertThat(requests.poll(ms(20))).isFalse();
    requests.arrived();
    requests.request(); // Another listener, just too late for the key frame.
    assertThat(requests.poll(ms(100))).isFalse();
    assertThat(requests.poll(ms(510))).isTrue();
    requests.arrived();
    assertThat(requests.poll(ms(5000))).isFalse();
  }

  @Test
  void asksAgainWhileNoneComesButNotForEver() {
    requests.request();
    int asked = 0;
    for (int now = 0; now < 60_000; now += 20) {
      asked += requests.poll(ms(now)) ? 1 : 0;
    }
    assertThat(asked).isEqualTo(21);
    requests.request();
    assertThat(requests.poll(ms(60_000))).isTrue();
  }
}
