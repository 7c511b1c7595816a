package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FadeTest {
  private static final int FRAME = 960;

  private static float[] ones() {
    float[] sound = new float[FRAME];
    Arrays.fill(sound, 1);
    return sound;
  }

  private static float[] through(Fade fade) {
    float[] sound = ones();
    fade.apply(sound, FRAME);
    return sound;
  }

  @Test
  void itOpensOverFortyMilliseconds() {
    var fade = new Fade(false);
    float[] first = through(fade);
    float[] second = through(fade);
    assertThat(first[0]).isLessThan(0.001f);
    assertThat(first[FRAME - 1]).isEqualTo(0.5f);
    assertThat(second[FRAME - 1]).isEqualTo(1f);
    assertThat(through(fade)).isEqualTo(ones());
  }

  @Test
  void itClosesOverFortyMillisecondsAndCanTurnBack() {
    var fade = new Fade(true);
    assertThat(through(fade)).isEqualTo(ones());
    fade.out();
    assertThat(through(fade)[FRAME - 1]).isEqualTo(0.5f);
    fade.in();
    assertThat(through(fade)[FRAME - 1]).isEqualTo(1f);
    fade.out();
    through(fade);
    assertThat(fade.isOut()).isFalse();
    assertThat(through(fade)[FRAME - 1]).isZero();
    assertThat(fade.isOut()).isTrue();
  }

  @Test
  void aSilentMicrophoneLeavesInTheSameTime() {
    var fade = new Fade(true);
    fade.out();
    fade.skip(FRAME);
    fade.skip(FRAME);
    assertThat(fade.isOut()).isTrue();
  }

  @Test
  void theLimiterKeepsEverythingWithinFullScale() {
    var limiter = new Limiter();
    for (int tick = 0; tick < 200; tick++) {
      float[] sound = Tone.mono(300 + tick, tick % 50 == 0 ? 8 : 1.5).next(FRAME);
      limiter.apply(sound, FRAME);
      assertThat(Tone.peak(sound)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theLimiterLeavesQuietSoundAlone() {
    var limiter = new Limiter();
    float[] sound = Tone.mono(440, 0.8).next(FRAME);
    float[] before = sound.clone();
    limiter.apply(sound, FRAME);
    assertThat(sound).isEqualTo(before);
  }
}
