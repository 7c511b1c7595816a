package org.kakehashi.media.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageChoicesTest {

  @ParameterizedTest(name = "shown {0}, cameras {1}, chair {2}, speaks {3}")
  @CsvSource({
    "-, -,     -, -, -, NOBODY",
    "-, a b,   -, -, a, SPEAKER",
    "-, a b,   -, b, b, SPEAKER",
    "b, a b,   -, -, b, SPEAKER",
    "b, a b,   a, b, a, CHAIR",
    "b, a b,   c, b, b, SPEAKER",
    "b, a,     -, x, a, SPEAKER",
    "a, a b,   -, x, a, SPEAKER",
    "a, -,     a, a, -, NOBODY",
  })
  void theChairThenTheSpeakerThenWhoIsShown(
      String shown,
      String cameras,
      String chair,
      String speaks,
      String expected,
      MainPicture.By by) {
    MainPicture before = new MainPicture(id(shown), MainPicture.By.SPEAKER);
    List<String> onStage = cameras.equals("-") ? List.of() : List.of(cameras.split(" ", -1));

    assertThat(before.choose(onStage, id(chair), id(speaks)))
        .isEqualTo(new MainPicture(id(expected), by));
  }

  @Test
  void camerasKeepTheirPlaces() {
    CameraSlots slots = CameraSlots.EMPTY.with(List.of("a", "b", "c", "d", "e"));
    assertThat(slots.cameras()).containsExactly("a", "b", "c", "d");

    slots = slots.with(List.of("a", "c", "d"));
    assertThat(slots.cameras()).containsExactly("a", null, "c", "d");

    slots = slots.with(List.of("a", "c", "d", "e"));
    assertThat(slots.cameras()).containsExactly("a", "e", "c", "d");

    assertThat(slots.with(List.of())).isEqualTo(CameraSlots.EMPTY);
  }

  private static String id(String text) {
    return text.equals("-") ? null : text;
  }
}
