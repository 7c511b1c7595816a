package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Verdict.ACCEPTED;
import static org.kakehashi.media.rtp.Verdict.DUPLICATE;
import static org.kakehashi.media.rtp.Verdict.SEQUENCE_JUMP;
import static org.kakehashi.media.rtp.Verdict.TOO_LATE;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceWindowTest {
  private final SequenceWindow window = new SequenceWindow(0);

  @Test
  void countsOnWhereNumbersWrap() {
    window.offer(65_534);
    long first = window.current();
    for (int i = 1; i < 200_000; i++) {
      assertThat(window.offer(65_534 + i & 0xFFFF)).isEqualTo(ACCEPTED);
      assertThat(window.current()).isEqualTo(first + i);
    }
    assertThat(window.highest()).isEqualTo(first + 199_999);
  }

  @Test
  void tellsDuplicatesFromLatePackets() {
    window.offer(100);
    window.offer(103);
    assertThat(window.offer(103)).isEqualTo(DUPLICATE);
    assertThat(window.isMissing(window.highest() - 1)).isTrue();
    assertThat(window.offer(102)).isEqualTo(ACCEPTED);
    assertThat(window.isMissing(window.highest() - 1)).isFalse();
    assertThat(window.offer(102)).isEqualTo(DUPLICATE);
    assertThat(window.offer(99)).isEqualTo(DUPLICATE); // Before the first: nobody's loss.
  }

  @Test
  void aJumpCountsOnceTheNextPacketConfirmsIt() {
    window.offer(100);
    long before = window.highest();
    assertThat(window.offer(40_000)).isEqualTo(TOO_LATE);
    assertThat(window.offer(101)).isEqualTo(ACCEPTED);
    assertThat(window.offer(20_000)).isEqualTo(SEQUENCE_JUMP);
    assertThat(window.offer(20_001)).isEqualTo(ACCEPTED);
    assertThat(window.restarted()).isTrue();
    assertThat(window.current()).isGreaterThan(before);
    assertThat(window.current() & 0xFFFF).isEqualTo(20_001);
    assertThat(window.offer(20_002)).isEqualTo(ACCEPTED);
    assertThat(window.restarted()).isFalse();
  }

  @Test
  void acceptsEachPacketOfAShuffledStreamOnce() {
    Random random = new Random(9);
    Set<Long> seen = new HashSet<>();
    window.offer(5_000);
    long first = window.current();
    seen.add(first);
    for (int i = 0; i < 100_000; i++) {
      long sequence = Math.max(first, first + i / 2 + random.nextInt(1000) - 900);
      boolean isNew = seen.add(sequence);
      assertThat(window.offer((int) (sequence & 0xFFFF))).isEqualTo(isNew ? ACCEPTED : DUPLICATE);
      assertThat(window.current()).isEqualTo(sequence);
    }
  }
}
