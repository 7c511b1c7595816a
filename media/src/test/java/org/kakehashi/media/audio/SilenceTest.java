package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final Studio studio = new Studio();
  private final Silence silence = new Silence("silence", studio.clock, studio.ticker);

  @AfterEach
  void close() throws Exception {
    silence.close();
    studio.close();
  }

  @Test
  void itDecodesToNothingAtAll() {
    var ears = studio.listenTo(silence.source());
    studio.run(1_000);
    assertThat(ears.packets()).isEqualTo(50);
    assertThat(ears.sound()).hasSize(48_000);
    // Zero in any sample format, but for what is left of a float computation.
    assertThat(Tone.peak(ears.sound())).isLessThan(1e-30);
    assertThat(ears.level).isEqualTo(-127);
  }

  @Test
  void itStandsOnTheSessionsClockWithoutGaps() {
    studio.run(300);
    var ears = studio.listenTo(silence.source());
    studio.run(1_000);
    assertThat(ears.times.getFirst()).isBetween(14_400L, 14_400L + Silence.FRAME);
    for (int i = 1; i < ears.packets(); i++) {
      assertThat(ears.times.get(i) - ears.times.get(i - 1)).isEqualTo(Silence.FRAME);
      assertThat(ears.sequences.get(i) - ears.sequences.get(i - 1)).isOne();
    }
  }

  @Test
  void itRestsWhileNobodyListensAndAfterItIsClosed() {
    studio.run(200);
    assertThat(silence.source().packets()).isZero();
    studio.listenTo(silence.source());
    studio.run(200);
    assertThat(silence.source().packets()).isEqualTo(10);
    silence.close();
    silence.close();
    studio.run(200);
    assertThat(silence.source().packets()).isEqualTo(10);
    assertThat(studio.ticks()).isZero();
  }

  @Test
  void itEndsSpeechWithoutAWord() {
    // A decoder that has just heard speech falls silent within two packets.
    var voice = studio.voice("a", Tone.mono(400, 0.5));
    var ears = studio.listenTo(voice.source);
    studio.run(500);
    voice.source.detach(ears);
    ears.clear();
    silence.source().attach(ears);
    studio.run(200);
    float[] sound = ears.sound();
    assertThat(Tone.rms(sound, 1_920, sound.length - 1_920)).isLessThan(1e-4);
  }
}
