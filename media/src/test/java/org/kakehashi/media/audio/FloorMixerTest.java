package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Source;

class FloorMixerTest {
  private static final int SECOND = 48_000;

  private final Studio studio = new Studio();
  private final FloorMixer mixer = studio.mixer();

  @AfterEach
  void close() throws Exception {
    studio.close();
  }

  private static Map<Source, String> open(Studio.Voice... voices) {
    Map<Source, String> microphones = new LinkedHashMap<>();
    for (Studio.Voice voice : voices) {
      microphones.put(voice.source, voice.source.id() + "'s owner");
    }
    return microphones;
  }

  @Test
  void twoVoicesAreBothHeard() {
    var a = studio.voice("a", Tone.mono(440, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(2_000);
    assertThat(ears.amplitude(440, SECOND)).isBetween(0.16, 0.24);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
    assertThat(ears.amplitude(700, SECOND)).isLessThan(0.005);
    assertThat(mixer.stats().concealed()).isZero();
  }

  @Test
  void nobodyHearsThemselves() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var c = studio.voice("c", Tone.mono(2_300, 0.2));
    mixer.mix(open(a, b, c));
    var full = studio.listenTo(mixer.everyone());
    var withoutA = studio.listenTo(mixer.without("a's owner"));
    studio.run(2_000);
    double attenuation = full.amplitude(400, SECOND) / withoutA.amplitude(400, SECOND);
    assertThat(Tone.decibels(attenuation)).isGreaterThan(40);
    assertThat(withoutA.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
    assertThat(withoutA.amplitude(2_300, SECOND)).isBetween(0.16, 0.24);
  }

  @Test
  void anOwnerOfTwoMicrophonesHearsNeither() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var c = studio.voice("c", Tone.mono(2_300, 0.2));
    mixer.mix(Map.of(a.source, "hall", b.source, "hall", c.source, "c"));
    var hall = studio.listenTo(mixer.without("hall"));
    studio.run(2_000);
    assertThat(hall.amplitude(400, SECOND)).isLessThan(0.002);
    assertThat(hall.amplitude(1_000, SECOND)).isLessThan(0.002);
    assertThat(hall.amplitude(2_300, SECOND)).isBetween(0.16, 0.24);
  }

  @Test
  void nothingIsEncodedThatNobodyWants() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var c = studio.voice("c", Tone.mono(2_300, 0.2));
    mixer.mix(open(a, b, c));
    Source without = mixer.without("a's owner");
    studio.run(200);
    assertThat(without.packets()).isZero();
    assertThat(mixer.everyone().packets()).isZero();
    var ears = studio.listenTo(without);
    studio.run(200);
    assertThat(without.packets()).isEqualTo(10);
    without.detach(ears);
    studio.run(200);
    assertThat(without.packets()).isEqualTo(10);
    assertThat(mixer.without("nobody")).isSameAs(mixer.everyone());
    assertThat(mixer.without("a's owner")).isSameAs(without);
  }

  @Test
  void nothingIsDecodedThatNobodyHears() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    mixer.mix(open(a, b));
    var floor = new Channel("floor");
    floor.feed(mixer.everyone());
    studio.run(5_000);
    assertThat(mixer.everyone().packets()).isZero();
    assertThat(mixer.stats().waiting()).isLessThanOrEqualTo(6);
    var ears = studio.listenTo(mixer.everyone());
    studio.run(1_500);
    assertThat(ears.packets()).isEqualTo(75);
    assertThat(ears.amplitude(400, SECOND)).isBetween(0.16, 0.24);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
    assertThat(mixer.stats().concealed()).isZero();
  }

  @Test
  void oneMicrophoneIsNotMixed() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    studio.listenTo(mixer.everyone());
    mixer.mix(open(a));
    studio.run(100);
    assertThat(studio.ticks()).isZero();
    assertThat(a.source.isAttached()).isFalse();
    mixer.mix(open(a, b));
    studio.run(100);
    assertThat(studio.ticks()).isOne();
    assertThat(a.source.isAttached()).isTrue();
    mixer.mix(open(b));
    assertThat(studio.ticks()).isZero();
    assertThat(a.source.isAttached()).isFalse();
    assertThat(b.source.isAttached()).isFalse();
    assertThat(mixer.microphones()).isZero();
  }

  @Test
  void fourLoudSpeakersDoNotClip() {
    var a = studio.voice("a", Tone.mono(400, 0.9));
    var b = studio.voice("b", Tone.mono(1_000, 0.9));
    var c = studio.voice("c", Tone.mono(1_700, 0.9));
    var d = studio.voice("d", Tone.mono(2_300, 0.9));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b, c, d));
    studio.run(3_000);
    assertThat(Tone.peak(ears.sound())).isLessThan(1.1); // what the codec adds to ±1
    for (int frequency : new int[] {400, 1_000, 1_700, 2_300}) {
      assertThat(ears.amplitude(frequency, SECOND)).as("%d Hz", frequency).isBetween(0.17, 0.3);
    }
    // Clipping would show as sums and differences of the tones.
    for (int frequency : new int[] {700, 1_350, 2_900, 3_600, 4_100}) {
      assertThat(ears.amplitude(frequency, SECOND)).as("%d Hz", frequency).isLessThan(0.01);
    }
  }

  @Test
  void packetsCarryTheTimeOfWhatIsHeardInThem() {
    var a = studio.voice("a", Tone.mono(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    b.lost = sequence -> sequence < 50; // b begins at exactly 1 s of media time.
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(1_500);
    long frames = ears.packets();
    for (int i = 1; i < frames; i++) {
      assertThat(ears.times.get(i) - ears.times.get(i - 1)).isEqualTo(Studio.FRAME);
      assertThat(ears.sequences.get(i) - ears.sequences.get(i - 1)).isOne();
    }
    assertThat(ears.delay).isEqualTo(2 * Studio.FRAME + 312);
    assertThat(mixer.delay()).hasMillis(46);
    // The onset of b, found in the decoded mix by its own energy, is where its media time says
    // (its own encoder's look-ahead of 6.5 ms and 40 ms of fade later at most).
    float[] sound = ears.sound();
    int onset = 0;
    while (Tone.amplitude(sound, onset, 480, 1_000) < 0.05) {
      onset += 48;
    }
    long time = ears.times.getFirst() + onset;
    assertThat(time).isBetween(48_000L - 480, 48_000L + 312 + 1_920);
  }

  @Test
  void aMicrophoneJoinsAndLeavesSoftly() {
    var a = studio.voice("a", Tone.mono(400, 0.001));
    var b = studio.voice("b", Tone.mono(1_500, 0.001));
    var c = studio.voice("c", Tone.mono(1_000, 0.5));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(1_000);
    ears.clear();
    mixer.mix(open(a, b, c));
    studio.run(300);
    float[] joining = ears.sound();
    int begin = first(joining, 0.02);
    assertThat(Tone.rms(joining, begin + 240, 480)).isLessThan(0.2);
    assertThat(Tone.rms(joining, begin + 4_800, 480)).isGreaterThan(0.3);
    ears.clear();
    mixer.mix(open(a, b));
    studio.run(300);
    float[] leaving = ears.sound();
    int end = leaving.length - first(reversed(leaving), 0.02);
    assertThat(end).isBetween(1_440, 4_000);
    assertThat(Tone.rms(leaving, end - 720, 480)).isLessThan(0.2);
    assertThat(mixer.microphones()).isEqualTo(2);
    assertThat(c.source.isAttached()).isFalse();
  }

  @Test
  void theOneAlreadyOnTheFloorDoesNotFade() {
    var b = studio.voice("b", Tone.mono(1_000, 0.001));
    var ears = studio.listenTo(mixer.everyone());
    studio.run(500);
    var a = studio.voice("a", Tone.stereo(400, 0.4));
    mixer.mix(open(a));
    mixer.mix(open(a, b));
    studio.run(300);
    float[] sound = ears.sound();
    int begin = first(sound, 0.1);
    assertThat(Tone.rms(sound, begin + 720, 480)).isGreaterThan(0.24);
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 480, 960, 1920, 2880})
  void framesOfAnyLengthAreMixed(int frame) {
    var a = studio.voice("a", Tone.mono(400, 0.2), frame);
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(2_500);
    assertThat(ears.amplitude(400, SECOND)).isBetween(0.15, 0.24);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
    assertThat(mixer.stats().concealed()).isZero();
  }

  @Test
  void stereoIsMixedToo() {
    var a = studio.voice("a", Tone.stereo(400, 0.2));
    var b = studio.voice("b", Tone.mono(1_000, 0.2));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(2_000);
    assertThat(ears.amplitude(400, SECOND)).isBetween(0.16, 0.24);
  }

  @Test
  void theLevelIsThatOfTheMix() {
    var a = studio.voice("a", Tone.mono(400, 0.1));
    var b = studio.voice("b", Tone.mono(1_000, 0.1));
    var ears = studio.listenTo(mixer.everyone());
    mixer.mix(open(a, b));
    studio.run(1_000);
    assertThat(ears.level).isBetween(-21, -19); // 20 log10(0.1), two sines
    a.pause(true);
    b.pause(true);
    studio.run(1_000);
    assertThat(ears.level).isEqualTo(SoundLevel.SILENCE);
  }

  @Test
  void closingTwiceIsHarmless() {
    var a = studio.voice("a", Tone.mono(400, 0.1));
    var b = studio.voice("b", Tone.mono(1_000, 0.1));
    mixer.mix(open(a, b));
    studio.run(100);
    mixer.close();
    mixer.close();
    mixer.mix(open(a, b));
    studio.run(100);
    assertThat(studio.ticks()).isZero();
    assertThat(a.source.isAttached()).isFalse();
    assertThat(mixer.without("a's owner")).isSameAs(mixer.everyone());
  }

  private static int first(float[] sound, double threshold) {
    for (int i = 0; i < sound.length; i++) {
      if (Math.abs(sound[i]) > threshold) {
        return i;
      }
    }
    throw new AssertionError("never louder than " + threshold);
  }

  private static float[] reversed(float[] sound) {
    float[] reversed = new float[sound.length];
    for (int i = 0; i < sound.length; i++) {
      reversed[i] = sound[sound.length - 1 - i];
    }
    return reversed;
  }
}
