package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ShortBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoundLevelTest {
  @Test
  void levelsAreThoseOfTheRfc() {
    assertThat(SoundLevel.of(square(1), 960)).isZero();
    assertThat(SoundLevel.of(square(0.1f), 960)).isEqualTo(-20);
    assertThat(SoundLevel.of(square(2), 960)).isZero();
    assertThat(SoundLevel.of(square(1e-9f), 960)).isEqualTo(-127);
    assertThat(SoundLevel.of(new float[960], 960)).isEqualTo(-127);
    assertThat(SoundLevel.of(new float[0], 0)).isEqualTo(-127);
  }

  @Test
  void levelsOfIntegerSamplesAreTheSame() {
    assertThat(SoundLevel.of(ShortBuffer.allocate(960))).isEqualTo(-127);
    assertThat(SoundLevel.of(ShortBuffer.allocate(0))).isEqualTo(-127);
    assertThat(SoundLevel.of(square(Short.MIN_VALUE))).isZero();
    assertThat(SoundLevel.of(square((short) 3_277))).isEqualTo(-20);
    assertThat(SoundLevel.of(square((short) 1))).isEqualTo(-90);
  }

  @Test
  void measuresFromPositionToLimitOnly() {
    ShortBuffer pcm = square((short) 3_277);
    pcm.put(0, Short.MAX_VALUE).put(959, Short.MAX_VALUE).position(1).limit(959);
    assertThat(SoundLevel.of(pcm)).isEqualTo(-20);
    assertThat(pcm.position()).isEqualTo(1);
  }

  private static float[] square(float amplitude) {
    float[] samples = new float[960];
    Arrays.fill(samples, amplitude);
    return samples;
  }

  private static ShortBuffer square(short amplitude) {
    short[] samples = new short[960];
    Arrays.fill(samples, amplitude);
    return ShortBuffer.wrap(samples);
  }
}
