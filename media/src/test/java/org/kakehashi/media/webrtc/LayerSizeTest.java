package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;

class LayerSizeTest {
  /** 320 × 180, constrained baseline. */
  private static final byte[] SPS = HexFormat.of().parseHex("6742c00dd901416fc480");

  private static ByteBuf bytes(byte[]... parts) {
    ByteBuf out = Unpooled.buffer();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out;
  }

  @Test
  void readsTheParameterSetAloneAndTogetherWithOthers() {
    int alone = LayerSize.of(Codec.H264, bytes(SPS));
    assertThat(alone).isPositive();
    ByteBuf together =
        bytes(new byte[] {0x78, 0, 2, 0x09, 0x10, 0, (byte) SPS.length}, SPS, new byte[] {0, 1, 1});
    assertThat(LayerSize.of(Codec.H264, together)).isEqualTo(alone);
    assertThat(LayerSize.of(Codec.H264, bytes(new byte[] {0x65, 1, 2}))).isZero();
  }

  @Test
  void readsTheFrameHeaderOfVp8() {
    byte[] header = {0x10, 0, 0, 0, (byte) 0x9D, 1, 0x2A, 0x40, 1, (byte) 0xB4, 0};
    assertThat(LayerSize.of(Codec.VP8, bytes(header))).isEqualTo(320 * 180);
    assertThat(LayerSize.of(Codec.VP8, bytes(new byte[] {0x10, 0}))).isZero();
  }

  @Test
  void saysNothingOfAnyOtherBytes() {
    Random random = new Random(9);
    byte[] starts = {0x78, 0x67, 0x10, (byte) 0x90};
    for (int i = 0; i < 20_000; i++) {
      byte[] any = new byte[random.nextInt(40)];
      random.nextBytes(any);
      if (any.length > 0) {
        any[0] = starts[random.nextInt(starts.length)];
      }
      for (Codec codec : Codec.values()) {
        assertThat(LayerSize.of(codec, bytes(any))).isNotNegative();
      }
    }
  }
}
