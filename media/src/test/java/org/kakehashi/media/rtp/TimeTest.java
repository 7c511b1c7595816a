package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeTest {
  @Test
  void ntpTimeOfTheUnixEpoch() {
    assertThat(NtpTime.of(Instant.EPOCH).bits()).isEqualTo(2_208_988_800L << 32);
    assertThat(NtpTime.of(Instant.EPOCH.plusMillis(500)).bits() & 0xFFFF_FFFFL)
        .isEqualTo(0x8000_0000L);
  }

  @Test
  void ntpTimeConvertsThereAndBack() {
    Random random = new Random(2036);
    for (int i = 0; i < 10_000; i++) {
      Instant instant =
          Instant.parse("1970-01-01T00:00:00Z")
              .plusSeconds(random.nextInt(Integer.MAX_VALUE)) // Up to 2038: across the era.
              .plusNanos(random.nextInt(1_000_000_000));
      Duration error = Duration.between(NtpTime.of(instant).toInstant(), instant).abs();
      assertThat(error).isLessThan(Duration.ofNanos(2));
    }
  }

  @Test
  void ntpTimeSubtractsAcrossTheEra() {
    NtpTime before = NtpTime.of(Instant.parse("2036-02-07T06:28:15Z"));
    NtpTime after = NtpTime.of(Instant.parse("2036-02-07T06:28:16.500Z"));
    assertThat(after.since(before, 48_000)).isEqualTo(72_000);
    assertThat(before.since(after, 48_000)).isEqualTo(-72_000);
  }

  @Test
  void middleBitsAreSeconds() {
    assertThat(new NtpTime(0x1234_5678_9ABC_DEF0L).middle()).isEqualTo(0x5678_9ABC);
  }

  @Test
  void timestampsCountOnInBothDirections() {
    Unwrapper unwrapper = Unwrapper.ofTimestamp();
    assertThat(unwrapper.unwrap(-10)).isEqualTo(0xFFFF_FFF6L);
    assertThat(unwrapper.unwrap(20)).isEqualTo(0x1_0000_0014L);
    assertThat(unwrapper.peek(-5)).isEqualTo(0xFFFF_FFFBL);
    assertThat(unwrapper.unwrap(-5)).isEqualTo(0xFFFF_FFFBL);
    Random random = new Random(1);
    long expected = 0xFFFF_FFFBL;
    for (int i = 0; i < 10_000; i++) {
      expected += random.nextInt();
      assertThat(unwrapper.unwrap((int) expected)).isEqualTo(expected);
    }
  }

  @Test
  void sequenceNumbersAreTakenAsNear() {
    assertThat(Unwrapper.nearestSequence(65_530, 3)).isEqualTo(65_539);
    assertThat(Unwrapper.nearestSequence(65_539, 65_530)).isEqualTo(65_530);
    assertThat(Unwrapper.ofSequence().unwrap(65_535)).isEqualTo(65_535);
  }
}
