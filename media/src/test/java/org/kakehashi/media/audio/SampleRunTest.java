package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SampleRunTest {
  private final SampleRun run = new SampleRun(1_000);

  private static float[] loud(int count) {
    float[] sound = new float[count];
    Arrays.fill(sound, 1);
    return sound;
  }

  @Test
  void knowsTheMediaTimeOfBothEnds() {
    run.begin(48_000);
    run.append(loud(300), 300);
    run.take(100);
    assertThat(run.available()).isEqualTo(200);
    assertThat(run.head()).isEqualTo(48_100);
    assertThat(run.tail()).isEqualTo(48_300);

    run.shift(-50);
    assertThat(run.head()).isEqualTo(48_050);
    assertThat(run.tail()).isEqualTo(48_250);
    assertThat(run.available()).isEqualTo(200);
  }

  @Test
  void fadesInAfterSilenceOnly() {
    run.begin(0);
    run.append(loud(240), 240);
    run.append(loud(10), 10);
    run.appendSilence(10);
    run.append(loud(240), 240);
    assertThat(run.samples()[0]).isZero();
    assertThat(run.samples()[120]).isEqualTo(0.5f);
    assertThat(run.samples()[240]).isEqualTo(1);
    assertThat(run.samples()[255]).isZero();
    assertThat(run.samples()[260]).isZero();
    assertThat(run.samples()[380]).isEqualTo(0.5f);
  }

  @Test
  void makesRoomWithoutMovingAnythingInTime() {
    run.begin(0);
    run.append(loud(1_000), 1_000);
    run.take(990);
    run.compact();
    assertThat(run.start()).isZero();
    assertThat(run.available()).isEqualTo(10);
    assertThat(run.head()).isEqualTo(990);
    run.append(loud(990), 990);
    assertThat(run.tail()).isEqualTo(1_990);
  }

  @Test
  void beginsAnewWithNothing() {
    run.begin(0);
    run.append(loud(500), 500);
    run.begin(9_600);
    assertThat(run.available()).isZero();
    assertThat(run.head()).isEqualTo(9_600);
    run.append(loud(1), 1);
    assertThat(run.samples()[0]).isZero(); // It fades in.
  }
}
