package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "65, false", // An IDR without a slice.
    "6588, true", // IDR, first macroblock 0.
    "6542, false", // IDR, a later slice.
    "6142, false", // Not IDR.
    "61c2, false",
    "6742c01f, true", // SPS.
    "68ce3c80, false", // PPS.
    "78 0004 6742c01f 0004 68ce3c80, true", // STAP-A with SPS.
    "78 0002 0910 0002 6588, true", // STAP-A: access unit delimiter, IDR.
    "78 0002 0910 0002 6188, false",
    "78 0009 6742, false", // A length beyond the packet.
    "78 0000 0000, false",
    "78, false",
    "7c85 88, true", // FU-A, start, IDR.
    "7c05 88, false", // Not its start.
    "7c81 88, false", // Not IDR.
    "7c85, false"
  })
  void h264KeyFrames(String hex, boolean keyFrame) {
    assertThat(H264Payload.startsKeyFrame(bytes(hex))).isEqualTo(keyFrame);
  }

  @ParameterizedTest
  @CsvSource({
    "'', -1, false",
    "10, 1, false",
    "10 00, 1, true", // S, PID 0, P bit 0.
    "10 01, 1, false", // Inter frame.
    "00 00, 1, false", // Not the start of a partition.
    "11 00, 1, false", // Another partition.
    "30 00, 1, true", // N: nobody refers to it.
    "90 80 05 00, 3, true", // PictureID of 7 bits.
    "90 80 85 05 00, 4, true", // PictureID of 15 bits.
    "90 80 85, -1, false",
    "90 e0 85 05 11 20 00, 6, true", // I, L, T.
    "90 e0 85 05 11 20 01, 6, false",
    "90 10 20 00, 3, true", // K.
    "90 70 11, -1, false",
    "90, -1, false",
    "90 00 00, 2, true"
  })
  void vp8KeyFrames(String hex, int descriptor, boolean keyFrame) {
    assertThat(Vp8Payload.descriptorLength(bytes(hex))).isEqualTo(descriptor);
    assertThat(Vp8Payload.startsKeyFrame(bytes(hex))).isEqualTo(keyFrame);
  }

  @Test
  void redOfTheRfcsExample() {
    // RFC 2198 §6: DVI4 primary (5), LPC redundancy (7) at offset 160, 14 bytes.
    ByteBuf payload = Unpooled.buffer();
    payload.writeByte(0x80 | 7).writeMedium(160 << 10 | 14).writeByte(5);
    payload.writeBytes(new byte[14]).writeBytes(new byte[84]);
    RedPayload red = new RedPayload();
    assertThat(red.read(payload)).isTrue();
    assertThat(red.blocks()).isEqualTo(2);
    assertThat(red.payloadType(0)).isEqualTo(7);
    assertThat(red.timestampOffset(0)).isEqualTo(160);
    assertThat(red.start(0)).isEqualTo(5);
    assertThat(red.length(0)).isEqualTo(14);
    assertThat(red.payloadType(1)).isEqualTo(5);
    assertThat(red.timestampOffset(1)).isZero();
    assertThat(red.start(1)).isEqualTo(19);
    assertThat(red.length(1)).isEqualTo(84);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "6f, true", // A primary block of no length.
    "6f01, true",
    "ef, false",
    "ef 000401, false", // The primary header is missing.
    "ef 000401 6f, false", // One byte of redundancy announced, none there.
    "ef 000401 6f aa, true",
    "ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 6f, true",
    "ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 ef000000 6f,"
        + " false"
  })
  void redThatAddsUpAndRedThatDoesNot(String hex, boolean readable) {
    RedPayload red = new RedPayload();
    assertThat(red.read(bytes(hex))).isEqualTo(readable);
    assertThat(red.blocks()).matches(count -> readable ? count > 0 : count == 0);
  }

  @Test
  void redBlocksFillThePayload() {
    Random random = new Random(2198);
    RedPayload red = new RedPayload();
    int readable = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (int j = 1; j + 4 < bytes.length; j += 4) {
        bytes[j + 1] = (byte) (bytes[j + 1] & 0xFC); // Short blocks, or none would ever fit.
        bytes[j + 2] = (byte) (bytes[j + 2] & 7);
      }
      if (red.read(Unpooled.wrappedBuffer(bytes))) {
        readable++;
        int last = red.blocks() - 1;
        assertThat(red.start(last) + red.length(last)).isEqualTo(bytes.length);
        for (int block = 0; block < last; block++) {
          assertThat(red.start(block) + red.length(block)).isEqualTo(red.start(block + 1));
        }
      }
    }
    assertThat(readable).isGreaterThan(1000);
  }
}
