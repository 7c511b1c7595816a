package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReserveTest {
  private static final int MS = 48;
  private final Reserve reserve = new Reserve();

  private void note(int ticks, long ahead, long behind) {
    for (int i = 0; i < ticks; i++) {
      reserve.note(ahead, behind);
    }
  }

  @Test
  void whatWasNotNeededForTwoSecondsCanGo() {
    note(99, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isZero();
    note(1, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isEqualTo(100 * MS);
    reserve.corrected(60 * MS);
    assertThat(reserve.correction()).isEqualTo(40 * MS);
    reserve.corrected(40 * MS);
    assertThat(reserve.correction()).isZero();
  }

  @Test
  void oneTickThatNeededItIsEnoughToKeepIt() {
    note(50, 120 * MS, 100 * MS);
    note(1, 15 * MS, 100 * MS);
    note(49, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isZero();
  }

  @Test
  void nearItsMediaTimeSoundStaysWhereItIs() {
    note(200, 50 * MS, 10 * MS);
    assertThat(reserve.correction()).isZero();
    note(200, 50 * MS, -10 * MS);
    assertThat(reserve.correction()).isZero();
    note(200, 50 * MS, -11 * MS);
    assertThat(reserve.correction()).isEqualTo(-11 * MS);
  }

  @Test
  void aMarginIsMadeUpBeforeItIsTooLate() {
    note(100, MS, 0);
    assertThat(reserve.correction()).isEqualTo(-9 * MS);
  }

  @Test
  void whoSendsInBurstsIsNotMovedToAndFro() {
    note(100, 120 * MS, 100 * MS);
    reserve.corrected(100 * MS);
    note(200, 20 * MS, 0);
    reserve.tooLate(); // It was needed after all.
    note(199, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isZero();
    note(1, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isEqualTo(100 * MS);
  }

  @Test
  void whatProvedRightForHalfAMinuteIsNotHeldAgainstIt() {
    note(100, 120 * MS, 100 * MS);
    reserve.corrected(100 * MS);
    note(1_500, 20 * MS, 0);
    reserve.tooLate();
    note(100, 120 * MS, 100 * MS);
    assertThat(reserve.correction()).isEqualTo(100 * MS);
  }
}
