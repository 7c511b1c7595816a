package org.kakehashi.media.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.FloorLanguage.Voice;

class FloorLanguageTest {
  private static final long SECOND = MediaClock.RATE;
  private final FloorLanguage language = new FloorLanguage(3 * SECOND);

  @Test
  void isUnknownWithoutADeclaration() {
    assertThat(language.observe(0, List.of())).isNull();
    assertThat(language.observe(9 * SECOND, List.of(new Voice("m1", null, 0L)))).isNull();
  }

  @Test
  void oneDeclaredLanguageNeedsNoProof() {
    assertThat(language.observe(0, List.of(new Voice("m1", "fr", null)))).isEqualTo("fr");
  }

  @Test
  void followsWhoeverSpeaksForThreeSeconds() {
    Voice silentFr = new Voice("m1", "fr", null);
    language.observe(0, List.of(silentFr));

    Voice ja = new Voice("m2", "ja", 10 * SECOND);
    assertThat(language.observe(11 * SECOND, List.of(silentFr, ja))).as("hai").isEqualTo("fr");
    assertThat(language.observe(13 * SECOND - 1, List.of(silentFr, ja))).isEqualTo("fr");
    assertThat(language.observe(13 * SECOND, List.of(silentFr, ja))).isEqualTo("ja");
    assertThat(language.observe(30 * SECOND, List.of(silentFr, new Voice("m2", "ja", null))))
        .as("a pause in speech changes nothing")
        .isEqualTo("ja");
  }

  @Test
  void whoHasTheFloorKeepsItWhileOthersSpeakToo() {
    Voice fr = new Voice("m1", "fr", 0L);
    language.observe(0, List.of(fr));

    assertThat(language.observe(20 * SECOND, List.of(fr, new Voice("m2", "ja", SECOND))))
        .isEqualTo("fr");
  }

  @Test
  void aHandSetsItUntilReleased() {
    language.set("en");
    assertThat(language.observe(9 * SECOND, List.of(new Voice("m1", "fr", 0L)))).isEqualTo("en");
    assertThat(language.isByHand()).isTrue();

    language.release();
    assertThat(language.observe(9 * SECOND, List.of(new Voice("m1", "fr", 0L)))).isEqualTo("fr");
  }

  @Test
  void isForgottenWithItsLastSpeakerWhenOthersCouldBeMeant() {
    language.observe(0, List.of(new Voice("m1", "fr", 0L)));

    List<Voice> others = List.of(new Voice("m2", "ja", null), new Voice("m3", "en", null));
    assertThat(language.observe(SECOND, others)).isNull();
  }
}
