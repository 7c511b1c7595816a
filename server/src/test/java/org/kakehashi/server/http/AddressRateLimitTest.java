package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressRateLimitTest {
  private long now;
  private final AddressRateLimit limit = new AddressRateLimit(60, () -> now);

  @Test
  void aMinutesWorthIsThereAtOnceThenOneASecond() {
    InetAddress address = InetAddress.ofLiteral("198.51.100.7");
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take(address)).isZero();
    }
    assertThat(limit.take(address)).isEqualTo(Duration.ofSeconds(1));
    now = Duration.ofMillis(1001).toNanos();
    assertThat(limit.take(address)).isZero();
    assertThat(limit.take(address)).isPositive();
    now = Duration.ofHours(1).toNanos();
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take(address)).isZero();
    }
    assertThat(limit.take(address)).as("no more than a minute's worth is saved").isPositive();
  }

  @Test
  void addressesDoNotShareButAnIpv6NetworkDoes() {
    AddressRateLimit once = new AddressRateLimit(1, () -> now);

    assertThat(once.take(InetAddress.ofLiteral("198.51.100.7"))).isZero();
    assertThat(once.take(InetAddress.ofLiteral("198.51.100.8"))).isZero();
    assertThat(once.take(InetAddress.ofLiteral("2001:db8:0:1::1"))).isZero();
    assertThat(once.take(InetAddress.ofLiteral("2001:db8:0:1:ffff::2"))).isPositive();
    assertThat(once.take(InetAddress.ofLiteral("2001:db8:0:2::1"))).isZero();
  }
}
