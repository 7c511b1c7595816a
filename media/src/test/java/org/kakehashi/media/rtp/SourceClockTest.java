package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ticks;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceClockTest {
  private static final Instant SENDER_EPOCH = Instant.parse("2031-05-05T05:05:05Z");

  private final Random random = new Random(48);

  @Test
  void theLeastDelayedPacketSetsTheTime() {
    SourceClock clock = new SourceClock(48_000);
    long first = clock.observe(1_000_000, ticks(5_080)); // 80 ms late.
    assertThat(first).isEqualTo(ticks(5_080));
    long second = clock.observe(1_000_960, ticks(5_020)); // In time.
    assertThat(second).isEqualTo(ticks(5_020));
    long third = clock.observe(1_001_920, ticks(5_090)); // 50 ms late: no matter.
    assertThat(third).isEqualTo(ticks(5_040));
  }

  @ParameterizedTest
  @ValueSource(ints = {-100, 100, -20, 0, 50})
  void aDriftingSenderIsFollowedWithinTenMilliseconds(int partsPerMillion) {
    SourceClock clock = new SourceClock(48_000);
    long worst = 0;
    int steps = 0;
    long offset = Long.MIN_VALUE;
    for (int packet = 0; packet < 50 * 60 * 20; packet++) { // 20 minutes.
      long timestamp = 123_456_789L + packet * 960L;
      double made = packet * 960.0 * (1 + partsPerMillion / 1e6);
      long arrival = (long) made + ticks(30) + random.nextInt((int) ticks(40));
      long mediaTime = clock.observe(timestamp, arrival);
      if (packet > 100) {
        worst = Math.max(worst, Math.abs(mediaTime - (long) made - ticks(30)));
        if (offset != Long.MIN_VALUE && mediaTime - timestamp != offset) {
          steps++;
          assertThat(Math.abs(mediaTime - timestamp - offset)).isLessThanOrEqualTo(ticks(10));
        }
      }
      offset = mediaTime - timestamp;
    }
    assertThat(worst).isLessThan(ticks(10));
    // A step of 5 ms or so each 50 s at 100 ppm, none without drift.
    assertThat(steps).isLessThanOrEqualTo(Math.abs(partsPerMillion) * 30 / 100);
  }

  @Test
  void aLongerWayIsFollowedInSmallSteps() {
    SourceClock clock = new SourceClock(48_000);
    long before = 0;
    for (int i = 0; i < 50 * 60; i++) {
      long delay = i < 500 ? ticks(20) : ticks(90);
      long mediaTime = clock.observe(i * 960L, i * 960L + delay);
      if (i > 0) {
        assertThat(mediaTime - before).isBetween(960L, 960L + ticks(10));
      }
      before = mediaTime;
    }
    assertThat(before - (50 * 60 - 1) * 960L).isBetween(ticks(85), ticks(90));
  }

  @Test
  void oneFrameHasOneTimeWhateverItsPacketsArrival() {
    SourceClock clock = new SourceClock(90_000);
    for (int frame = 0; frame < 2000; frame++) {
      long timestamp = frame * 3000L;
      long time = clock.observe(timestamp, frame * 1600L + random.nextInt((int) ticks(60)));
      for (int packet = 0; packet < 5; packet++) {
        long arrival = frame * 1600L + random.nextInt((int) ticks(60));
        assertThat(clock.observe(timestamp, arrival)).isEqualTo(time);
        assertThat(clock.mediaTime(timestamp)).isEqualTo(time);
      }
    }
  }

  @Test
  void timestampsThatJumpAreAnchoredAnew() {
    SourceClock clock = new SourceClock(48_000);
    for (int i = 0; i < 100; i++) {
      clock.observe(i * 960L, i * 960L);
    }
    long forward = clock.observe(900_000_000L, 100 * 960L);
    assertThat(forward).isEqualTo(100 * 960L);
    long back = clock.observe(4_000L, 101 * 960L);
    assertThat(back).isEqualTo(101 * 960L);
    assertThat(clock.observe(4_960L, 102 * 960L)).isEqualTo(102 * 960L);
  }

  @Test
  void aSenderThatSleptIsAnchoredAnewWithinTwoSeconds() {
    SourceClock clock = new SourceClock(48_000);
    for (int i = 0; i < 100; i++) {
      clock.observe(i * 960L, i * 960L);
    }
    long mediaTime = 0;
    for (int i = 100; i < 210; i++) {
      mediaTime = clock.observe(i * 960L, i * 960L + ticks(60_000));
    }
    assertThat(mediaTime).isEqualTo(209 * 960L + ticks(60_000));
  }

  @Test
  void pictureIsAlignedToSoundByTheSenderReportsOfBoth() {
    SourceClock sound = new SourceClock(48_000);
    SourceClock picture = new SourceClock(90_000);
    picture.alignTo(sound);
    long soundStart = 777_000;
    long pictureStart = 0xFFFF_F000L;
    long before = 0;
    for (int i = 0; i < 300; i++) { // 10 s of 30 frames a second; 70 ms of encoder delay.
      long at = i * 1600L;
      sound.observe(soundStart + at, at + ticks(20));
      long mediaTime = picture.observe(pictureStart + i * 3000L, at + ticks(90));
      if (i == 30) { // Before any report: by arrival.
        assertThat(mediaTime).isEqualTo(at + ticks(90));
        sound.report(ntp(1000), soundStart + ticks(1000));
        picture.report(ntp(1500), pictureStart + 1500 * 90);
      }
      if (i > 30) {
        assertThat(mediaTime).isBetween(at + ticks(20) - 2, at + ticks(20) + 2);
        assertThat(mediaTime).isGreaterThan(before - ticks(70));
      }
      before = mediaTime;
    }
  }

  @Test
  void withoutReportsAPictureStandsWhereASoundTakenThenStands() {
    SourceClock sound = new SourceClock(48_000);
    SourceClock picture = SourceClock.ofPicture(90_000);
    for (int i = 0; i < 100; i++) {
      long taken = i * ticks(40);
      long heard = sound.observe(taken, taken + ticks(20 + 5)); // Once its 20 ms are there.
      long seen = picture.observe(i * 3600L, taken + ticks(5));
      assertThat(seen).isEqualTo(heard);
    }
  }

  @Test
  void reportsThatMakeNoSenseAreNotBelieved() {
    SourceClock sound = new SourceClock(48_000);
    SourceClock picture = new SourceClock(90_000);
    picture.alignTo(sound);
    for (int i = 0; i < 300; i++) {
      long at = i * 1600L;
      sound.observe(at, at);
      assertThat(picture.observe(i * 3000L, at)).isEqualTo(at);
      sound.report(ntp(at / 48), at);
      picture.report(ntp(at / 48 + 3_600_000), i * 3000L);
    }
    picture.report(new NtpTime(0), 5);
    assertThat(picture.mediaTime(0)).isZero();
  }

  private static NtpTime ntp(long milliseconds) {
    return NtpTime.of(SENDER_EPOCH.plusMillis(milliseconds));
  }
}
