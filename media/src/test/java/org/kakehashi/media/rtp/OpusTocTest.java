package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusTocTest {
  private static ByteBuf packet(int... bytes) {
    ByteBuf out = Unpooled.buffer();
    for (int each : bytes) {
      out.writeByte(each);
    }
    return out;
  }

  /** RFC 6716 table 2. */
  @ParameterizedTest
  @CsvSource({
    "0, 480",
    "1, 960",
    "2, 1920",
    "3, 2880",
    "4, 480",
    "7, 2880",
    "8, 480",
    "11, 2880",
    "12, 480",
    "13, 960",
    "14, 480",
    "15, 960",
    "16, 120",
    "17, 240",
    "18, 480",
    "19, 960",
    "20, 120",
    "27, 960",
    "28, 120",
    "31, 960"
  })
  void durationsByConfiguration(int config, int samples) {
    assertThat(OpusToc.samples(packet(config << 3, 0))).isEqualTo(samples);
    assertThat(OpusToc.read(packet(config << 3 | 4, 0)))
        .contains(new OpusToc(config, true, 1, samples));
  }

  @Test
  void countsFrames() {
    assertThat(OpusToc.samples(packet(31 << 3 | 1, 0, 0))).isEqualTo(1920);
    assertThat(OpusToc.samples(packet(31 << 3 | 2, 1, 0))).isEqualTo(1920);
    assertThat(OpusToc.read(packet(31 << 3 | 3, 0x80 | 6, 0)))
        .contains(new OpusToc(31, false, 6, 960));
    assertThat(OpusToc.read(packet(16 << 3 | 3, 48)).orElseThrow().samples()).isEqualTo(5760);
  }

  @Test
  void refusesWhatBreaksTheRules() {
    assertThat(OpusToc.samples(packet())).isEqualTo(-1);
    assertThat(OpusToc.samples(packet(31 << 3 | 3))).isEqualTo(-1);
    assertThat(OpusToc.samples(packet(31 << 3 | 3, 0))).isLessThanOrEqualTo(0);
    assertThat(OpusToc.read(packet(31 << 3 | 3, 0))).isEmpty();
    assertThat(OpusToc.samples(packet(31 << 3 | 3, 7))).isEqualTo(-1);
    assertThat(OpusToc.read(packet(3 << 3 | 3, 3))).isEmpty();
  }
}
