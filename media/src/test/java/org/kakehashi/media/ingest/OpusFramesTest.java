package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusFramesTest {
  @ParameterizedTest(name = "configuration {0}, code {1}: {2} tenths of a millisecond")
  @CsvSource({
    "0, 0, 100", "1, 0, 200", "2, 0, 400", "3, 0, 600", "11, 0, 600", "12, 0, 100", "13, 0, 200",
    "15, 1, 400", "16, 0, 25", "17, 0, 50", "30, 1, 200", "31, 0, 200", "31, 2, 400", "16, 3, 75",
  })
  void tellsHowLongAPacketIs(int configuration, int code, int tenths) {
    byte[] packet = {(byte) (configuration << 3 | code), 3};

    assertThat(OpusFrames.ticks(Unpooled.wrappedBuffer(packet))).isEqualTo(tenths * 48 / 10);
  }

  @Test
  void givesNothingForNothing() {
    assertThat(OpusFrames.ticks(Unpooled.EMPTY_BUFFER)).isZero();
    assertThat(OpusFrames.ticks(Unpooled.wrappedBuffer(new byte[] {3}))).isZero();
  }
}
