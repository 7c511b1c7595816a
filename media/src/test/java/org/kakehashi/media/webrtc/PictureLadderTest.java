package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.webrtc.PictureLadder.Wish;

class PictureLadderTest {
  private static final int SLIDES = 0;
  private static final int MAIN = 1;
  private static final int CAMERA = 2;

  /** kbit/s of the layers, separated by slashes. */
  private static Wish wish(int importance, String layers, int present) {
    return new Wish(
        importance,
        Stream.of(layers.split("/")).map(kilobits -> Long.parseLong(kilobits) * 1_000).toList(),
        present);
  }

  /** With the main picture in three layers, slides in two, all of them sent so far. */
  @ParameterizedTest(name = "{0} kbit/s")
  @CsvSource({
    // budget, slides, picture, service
    "9000,  1, 2, FULL",
    "3600,  1, 2, FULL",
    "3500,  1, 1, REDUCED",
    "2700,  1, 1, REDUCED",
    "2600,  1, 0, REDUCED",
    "2100,  0, 2, REDUCED",
    "1000,  0, 1, REDUCED",
    "700,   0, 1, REDUCED",
    "400,   0, 0, REDUCED",
    "320,   0, 0, REDUCED",
    "300,   0, -1, SLIDES_ONLY",
    "160,   0, -1, SLIDES_ONLY",
    "150,   -1, 0, REDUCED",
    "100,   -1, -1, SOUND_ONLY",
    "0,     -1, -1, SOUND_ONLY",
    "-50,   -1, -1, SOUND_ONLY",
  })
  void soundThenSlidesSmallThenPictures(
      long budget, int slides, int picture, PictureService service) {
    List<Wish> wishes =
        List.of(
            wish(MAIN, "140/500/1400", LayerChoice.LARGEST),
            wish(SLIDES, "150/2000", LayerChoice.LARGEST));
    int[] chosen = PictureLadder.share(budget * 1_000, wishes);
    assertThat(chosen).containsExactly(picture, slides);
    assertThat(PictureLadder.service(wishes, chosen)).isEqualTo(service);
  }

  @Test
  void goesUpOnlyWithRoomToSpare() {
    long budget = 530_000;
    assertThat(PictureLadder.share(budget, List.of(wish(MAIN, "150/500", 1)))).containsExactly(1);
    assertThat(PictureLadder.share(budget, List.of(wish(MAIN, "150/500", 0)))).containsExactly(0);
    assertThat(PictureLadder.share(640_000, List.of(wish(MAIN, "150/500", 0)))).containsExactly(1);
    assertThat(PictureLadder.share(160_000, List.of(wish(MAIN, "150/500", LayerChoice.NONE))))
        .containsExactly(LayerChoice.NONE);
  }

  @Test
  void aPictureWithoutLayersIsSentWholeOrNotAtAll() {
    assertThat(PictureLadder.share(2_700_000, List.of(wish(MAIN, "2500", 0)))).containsExactly(0);
    List<Wish> wishes = List.of(wish(MAIN, "2500", 0));
    int[] chosen = PictureLadder.share(2_000_000, wishes);
    assertThat(chosen).containsExactly(LayerChoice.NONE);
    assertThat(PictureLadder.service(wishes, chosen)).isEqualTo(PictureService.SOUND_ONLY);
  }

  @Test
  void everybodyIsSeenSmallBeforeAnybodyIsSeenLarge() {
    List<Wish> wishes =
        List.of(
            wish(MAIN, "150/500/1400", 0),
            wish(CAMERA, "150/500/1400", 0),
            wish(CAMERA, "150/500/1400", 0));
    assertThat(PictureLadder.share(600_000, wishes)).containsExactly(0, 0, 0);
    assertThat(PictureLadder.share(1_000_000, wishes)).containsExactly(1, 0, 0);
  }

  @Test
  void nobodyOnStageIsNothingLess() {
    assertThat(PictureLadder.service(List.of(), new int[0])).isEqualTo(PictureService.FULL);
    assertThat(PictureLadder.nextStep(List.of(), new int[0])).isZero();
  }

  @Test
  void knowsWhatTheNextStepTakes() {
    List<Wish> wishes = List.of(wish(MAIN, "100/500", 0), wish(SLIDES, "1000", -1));
    assertThat(PictureLadder.nextStep(wishes, new int[] {0, LayerChoice.NONE}))
        .isEqualTo((long) (500_000 * 1.05 * 1.2));
    assertThat(PictureLadder.nextStep(wishes, new int[] {1, 0})).isZero();
  }

  /** Whatever is asked for: within the budget, and more budget never takes a picture away. */
  @Test
  void staysWithinTheBudget() {
    Random random = new Random(11);
    for (int run = 0; run < 5_000; run++) {
      List<Wish> wishes = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        List<Long> layers = new ArrayList<>();
        for (int l = random.nextInt(3); l >= 0; l--) {
          layers.add((long) random.nextInt(2_000_000));
        }
        layers.sort(null);
        wishes.add(new Wish(random.nextInt(3), layers, random.nextInt(5) - 1));
      }
      long budget = random.nextInt(6_000_000);
      int[] chosen = PictureLadder.share(budget, wishes);
      double taken = 0;
      for (int i = 0; i < chosen.length; i++) {
        taken += chosen[i] < 0 ? 0 : wishes.get(i).layers().get(chosen[i]) * 1.05;
      }
      assertThat(taken).isLessThanOrEqualTo(budget + 1.0);
      int[] more = PictureLadder.share(100_000_000, wishes);
      assertThat(Arrays.stream(more).allMatch(layer -> layer >= 0)).isTrue();
      assertThat(PictureLadder.service(wishes, more)).isEqualTo(PictureService.FULL);
    }
  }
}
