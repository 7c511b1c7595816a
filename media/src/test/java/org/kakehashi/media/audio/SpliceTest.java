package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpliceTest {
  private static final int FRAME = 960;

  @ParameterizedTest
  @ValueSource(ints = {70, 110, 150, 220, 350, 1_000})
  void aPeriodLessOrMoreLeavesNoSeam(int frequency) {
    float[] sound = Tone.mono(frequency, 0.5).next(3 * FRAME);
    int n = Splice.period(sound, 100, Splice.LONGEST, 0.9);
    assertThat(n).isBetween(Splice.SHORTEST, Splice.LONGEST);
    float[] shorter = new float[FRAME];
    Splice.leaveOut(sound, 100, n, shorter, FRAME);
    float[] longer = new float[FRAME];
    Splice.repeat(sound, 100, n, longer, FRAME);
    double steepest = 0.5 * 2 * Math.PI * frequency / LibOpus.RATE;
    for (int i = 1; i < FRAME; i++) {
      assertThat(Math.abs(shorter[i] - shorter[i - 1])).isLessThan((float) (1.1 * steepest));
      assertThat(Math.abs(longer[i] - longer[i - 1])).isLessThan((float) (1.1 * steepest));
    }
    assertThat(Tone.rms(shorter, 0, FRAME)).isBetween(0.3, 0.4);
    assertThat(Tone.rms(longer, 0, FRAME)).isBetween(0.3, 0.4);
  }

  @Test
  void bothBeginAndEndWhereTheSoundDoes() {
    float[] sound = new float[3 * FRAME];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = i;
    }
    float[] out = new float[FRAME];
    Splice.leaveOut(sound, 10, 300, out, FRAME);
    assertThat(out[0]).isEqualTo(10);
    assertThat(out[FRAME - 1]).isEqualTo(10 + 300 + FRAME - 1);
    for (int n : new int[] {Splice.SHORTEST, 300, Splice.LONGEST}) {
      Splice.repeat(sound, 10, n, out, FRAME);
      assertThat(out[0]).isEqualTo(10);
      assertThat(out[n - 1]).isEqualTo(10 + n - 1);
      assertThat(out[FRAME - 1]).isEqualTo(10 + FRAME - 1 - n);
    }
  }

  @Test
  void noiseHasNoPeriod() {
    Random random = new Random(1);
    float[] noise = new float[2 * FRAME];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    assertThat(Splice.period(noise, 0, Splice.LONGEST, 0.5)).isZero();
  }
}
