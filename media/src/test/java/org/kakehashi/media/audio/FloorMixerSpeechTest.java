package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.rtp.SourceClock;

/** How two people who speak at once are heard: as they said it, and when. */
class FloorMixerSpeechTest {
  private static final int MS = 48;
  private static final int SECOND = 48_000;

  private final Studio studio = new Studio();
  private final FloorMixer mixer = studio.mixer();
  private final Studio.Voice claire = studio.speaker("claire", Speech.of(1, 210, 0.3, 30));
  private final Studio.Voice kenji = studio.speaker("kenji", Speech.of(2, 120, 0.3, 30));
  private final float[] claireSays = claire.sound();
  private final float[] kenjiSays = kenji.sound();

  @AfterEach
  void close() throws Exception {
    studio.close();
  }

  private void mix() {
    mixer.mix(Map.of(claire.source, "claire", kenji.source, "kenji"));
  }

  /** Hears Claire alone, out of the mix that Kenji hears. */
  private Studio.Ears listenToClaire() {
    return studio.listenTo(mixer.without("kenji"));
  }

  /** Finds each stretch of what was heard from {@code from} on, where anybody spoke. */
  private static List<Speech.Found> find(
      Studio.Ears ears, int from, int length, float[] said, int most) {
    float[] heard = ears.sound();
    List<Speech.Found> found = new ArrayList<>();
    for (int i = from; i + length <= heard.length; i += length) {
      if (Tone.rms(heard, i, length) > 0.01) {
        found.add(Speech.find(heard, i, length, said, ears.times.getFirst() + i, most));
      }
    }
    return found;
  }

  private static double share(List<Speech.Found> found, double likeness) {
    return (double) found.stream().filter(f -> f.likeness() > likeness).count() / found.size();
  }

  /** Where the sender's place on the session's clock is worked out as for a browser. */
  private static void placeByArrival(Studio.Voice voice) {
    SourceClock place = new SourceClock(SECOND);
    voice.placed = place::observe;
  }

  /**
   * As a browser on a busy machine sends: now and then two to six packets at once, when the last is
   * made.
   *
   * @param share how many of the packets come like that, in percent
   */
  private static void inBursts(Studio.Voice voice, long seed, int share) {
    Random random = new Random(seed);
    long[] arrivals = new long[50_000];
    for (int i = 0; i < arrivals.length; ) {
      boolean together = random.nextInt(400) < share * 100 / (125 - share);
      int size = Math.min(arrivals.length - i, together ? 2 + random.nextInt(5) : 1);
      Arrays.fill(arrivals, i, i + size, (i + size - 1L) * Studio.FRAME);
      i += size;
    }
    voice.arrival = time -> arrivals[(int) (time / Studio.FRAME)];
  }

  @Test
  void voicesAreHeardAsTheyWereSaid() {
    mix();
    Studio.Ears toClaire = studio.listenTo(mixer.without("claire"));
    Studio.Ears toKenji = listenToClaire();
    studio.run(12_000);
    assertInPlace(toClaire, kenjiSays);
    assertInPlace(toKenji, claireSays);
  }

  @Test
  void bothAreInTheMix() {
    mix();
    Studio.Ears ears = studio.listenTo(mixer.everyone());
    studio.run(12_000);
    float[] together = new float[claireSays.length];
    for (int i = 0; i < together.length; i++) {
      together[i] = claireSays[i] + kenjiSays[i];
    }
    assertInPlace(ears, together);
  }

  /** To the sample: whatever a codec does, every second is where its media time says. */
  private static void assertInPlace(Studio.Ears ears, float[] said) {
    float[] heard = ears.sound();
    for (int i = SECOND; i + SECOND <= heard.length; i += SECOND) {
      assertThat(Speech.likeness(heard, i, SECOND, said, ears.times.getFirst() + i))
          .as("second %d", i / SECOND)
          .isGreaterThan(0.95);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-100, 100})
  void aDriftingClockIsFollowedUnheard(int ppm) {
    claire.arrival = time -> time + Math.floorDiv(time * ppm, 1_000_000L);
    placeByArrival(claire);
    mix();
    Studio.Ears ears = listenToClaire();
    studio.run(240_000);
    List<Speech.Found> found = find(ears, SECOND, SECOND, claireSays, 100 * MS);
    assertThat(share(found, 0.95)).isGreaterThan(0.95);
    for (int i = 0; i < found.size(); i++) {
      long drifted = (i + 1L) * SECOND * ppm / 1_000_000;
      assertThat(found.get(i).lag() - drifted)
          .as("off its time after %d s", i)
          .isBetween(-20L * MS, 20L * MS);
    }
    assertThat(mixer.stats().concealed()).isLessThan(5);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.3", "200, 0.3", "200, 0"})
  void aStallIsForgotten(int milliseconds, double longestPause) {
    Studio.Voice stalled = studio.speaker("stalled", Speech.of(3, 160, longestPause, 30));
    float[] says = stalled.sound();
    long stall = 5 * SECOND;
    stalled.arrival =
        time ->
            time >= stall && time < stall + milliseconds * MS ? stall + milliseconds * MS : time;
    mixer.mix(Map.of(stalled.source, "stalled", kenji.source, "kenji"));
    Studio.Ears ears = listenToClaire();
    studio.run(16_000);
    List<Speech.Found> found = find(ears, 0, SECOND / 2, says, 250 * MS);
    List<Speech.Found> after = found.subList(found.size() - 10, found.size());
    assertThat(after)
        .as("half seconds, from five seconds after the stall on")
        .allSatisfy(f -> assertThat(f.lag()).isBetween(-8, Studio.FRAME));
    assertThat(share(after, 0.95)).isGreaterThanOrEqualTo(0.9);
    assertThat(share(after.subList(5, 10), 0.95)).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 500})
  void aStallOfTheMixerItselfMakesNothingLate(int milliseconds) {
    mix();
    Studio.Ears ears = listenToClaire();
    studio.run(5_000);
    studio.stall(milliseconds);
    ears.clear();
    studio.run(5_000);
    assertInPlace(ears, claireSays);
    assertThat(mixer.stats().concealed()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 100", "3, 50", "5, 10", "8, 3"})
  void burstsLeaveWordsWhole(long seed, int share) {
    inBursts(claire, seed, share);
    inBursts(kenji, seed + 100, share);
    placeByArrival(claire);
    placeByArrival(kenji);
    mix();
    Studio.Ears ears = listenToClaire();
    studio.run(40_000);
    List<Speech.Found> found = find(ears, 2 * SECOND, SECOND / 4, claireSays, 250 * MS);
    assertThat(share(found, 0.9)).as("quarters of a second").isGreaterThan(0.95);
    assertThat(found).allSatisfy(f -> assertThat(f.lag()).isLessThan(130 * MS));
    int moves = 0;
    for (int i = 1; i < found.size(); i++) {
      moves += Math.abs(found.get(i).lag() - found.get(i - 1).lag()) > MS ? 1 : 0;
    }
    assertThat(moves).as("times the voice moved").isLessThan(25);
  }
}
