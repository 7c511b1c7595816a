package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketKindTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,STUN",
    "3,0,STUN",
    "4,0,OTHER",
    "19,0,OTHER",
    "20,254,DTLS",
    "63,0,DTLS",
    "64,0,OTHER",
    "127,0,OTHER",
    "128,111,RTP",
    "144,191,RTP",
    "128,192,RTCP",
    "129,200,RTCP",
    "191,223,RTCP",
    "128,224,RTP",
    "192,200,OTHER",
    "255,255,OTHER"
  })
  void tellsByTheFirstBytes(int first, int second, PacketKind kind) {
    byte[] packet = {(byte) first, (byte) second, 0, 0};
    assertThat(PacketKind.of(Unpooled.wrappedBuffer(packet))).isEqualTo(kind);
  }

  @Test
  void nothingIsNothing() {
    assertThat(PacketKind.of(Unpooled.EMPTY_BUFFER)).isEqualTo(PacketKind.OTHER);
    assertThat(PacketKind.of(Unpooled.wrappedBuffer(new byte[1]))).isEqualTo(PacketKind.OTHER);
  }
}
