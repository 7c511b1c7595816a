package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.channel.MediaPacket;

class RtpPacketTest {
  private static final String HEADER = "e0000001020304cafef00d";

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
  }

  @Test
  void readsTheFieldsOfTheHeader() {
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuf packet = direct ? Unpooled.directBuffer() : Unpooled.buffer();
      packet.writeZero(5).skipBytes(5); // The view need not start at index 0.
      RtpPacket.writeHeader(packet, false, true, 111, 0xFFFE, 0x8000_0001, 0xCAFE_F00D);
      packet.writeBytes(new byte[] {1, 2, 3});
      RtpPacket view = Streams.view(packet);
      assertThat(view.marker()).isTrue();
      assertThat(view.payloadType()).isEqualTo(111);
      assertThat(view.sequence()).isEqualTo(0xFFFE);
      assertThat(view.timestamp()).isEqualTo(0x8000_0001);
      assertThat(view.ssrc()).isEqualTo(0xCAFE_F00D);
      assertThat(view.payloadLength()).isEqualTo(3);
      ByteBuf payload = view.retainedPayload();
      assertThat(ByteBufUtil.hexDump(payload)).isEqualTo("010203");
      payload.release();
      packet.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', TRUNCATED",
    "80e0000001020304cafef0, TRUNCATED",
    "40e0000001020304cafef00d, WRONG_VERSION",
    "c0e0000001020304cafef00d, WRONG_VERSION",
    "82e0000001020304cafef00d00000001000000, TRUNCATED",
    "90e0000001020304cafef00dbede00, BAD_EXTENSION",
    "90e0000001020304cafef00dbede0001100a00, BAD_EXTENSION",
    "90e0000001020304cafef00dbedeffff100a0000, BAD_EXTENSION",
    "a0e0000001020304cafef00d, BAD_PADDING",
    "a0e0000001020304cafef00d00, BAD_PADDING",
    "a0e0000001020304cafef00d02, BAD_PADDING",
    "a0e0000001020304cafef00d01, ACCEPTED",
    "82e0000001020304cafef00d0000000100000002, ACCEPTED",
    "80e0000001020304cafef00d, ACCEPTED"
  })
  void checksWhatItReads(String hex, Verdict verdict) {
    assertThat(new RtpPacket().read(bytes(hex))).isEqualTo(verdict);
  }

  @Test
  void leavesOutCsrcExtensionAndPadding() {
    RtpPacket view =
        Streams.view(bytes("b1" + HEADER + "00000001 bede0001 100a0000 010203 000003"));
    assertThat(view.payloadLength()).isEqualTo(3);
    assertThat(ByteBufUtil.hexDump(view.retainedPayload())).isEqualTo("010203");
  }

  @Test
  void findsOneByteExtensions() {
    // id 1 length 1, a zero of padding, id 3 length 2, id 4 length 3.
    RtpPacket view =
        Streams.view(bytes("90" + HEADER + "bede0003 10 9e 00 31 1234 42 abcdef 0000"));
    HeaderExtensions extensions = new HeaderExtensions(1, 3, 4, 5, 0);
    assertThat(extensions.audioLevel(view)).isEqualTo(-30);
    assertThat(extensions.transportSequence(view)).isEqualTo(0x1234);
    assertThat(extensions.absSendTime(view)).isEqualTo(0xABCDEF);
    assertThat(extensions.mid(view)).isEmpty();
    assertThat(HeaderExtensions.NONE.audioLevel(view)).isEqualTo(MediaPacket.NO_LEVEL);
    assertThat(HeaderExtensions.NONE.transportSequence(view)).isEqualTo(-1);
  }

  @Test
  void findsTwoByteExtensions() {
    // RFC 8285 §4.3: id 1 length 0, id 2 length 1, padding, id 200 length 4.
    RtpPacket view =
        Streams.view(bytes("90" + HEADER + "1000 0003 01 00 02 01 7f 00 c8 04 61756469"));
    assertThat(view.findExtension(1)).isPositive();
    assertThat(view.extensionLength()).isZero();
    assertThat(new HeaderExtensions(2, 0, 0, 200, 0).audioLevel(view)).isEqualTo(-127);
    assertThat(new HeaderExtensions(1, 0, 0, 200, 0).audioLevel(view))
        .isEqualTo(MediaPacket.NO_LEVEL);
    assertThat(new HeaderExtensions(2, 0, 0, 200, 0).mid(view)).contains("audi");
    assertThat(view.findExtension(3)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "bede0001 f0000000, 15", // 15 is reserved and ends processing.
    "bede0001 f0110000, 1",
    "bede0001 00001f00, 1", // Reaches beyond the block.
    "10000001 00000105, 1",
    "10000001 00000001, 1",
    "dead0001 10000000, 1" // Another profile.
  })
  void doesNotFindWhatIsNotThere(String extension, int id) {
    RtpPacket view = Streams.view(bytes("90" + HEADER + extension + "112233445566"));
    assertThat(view.findExtension(id)).isEqualTo(-1);
  }

  @Test
  void writtenExtensionsReadBack() {
    HeaderExtensions extensions = new HeaderExtensions(1, 2, 0, 14, 0);
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      String mid = "m".repeat(1 + random.nextInt(16));
      int level = -random.nextInt(128);
      int sequence = random.nextInt(1 << 16);
      ByteBuf out = Unpooled.buffer();
      RtpPacket.writeHeader(out, true, false, 96, 1, 2, 3);
      int block = HeaderExtensions.begin(out);
      extensions.writeAudioLevel(out, level);
      HeaderExtensions.write(out, 14, mid.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      extensions.writeTransportSequence(out, sequence);
      HeaderExtensions.end(out, block);
      out.writeByte(42);
      RtpPacket view = Streams.view(out);
      assertThat(extensions.audioLevel(view)).isEqualTo(level);
      assertThat(extensions.mid(view)).contains(mid);
      assertThat(extensions.transportSequence(view)).isEqualTo(sequence);
      assertThat(view.payloadLength()).isOne();
    }
  }
}
