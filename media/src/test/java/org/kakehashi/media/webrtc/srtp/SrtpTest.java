package org.kakehashi.media.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {
  static SrtpKeys keys(SrtpProfile profile) {
    byte[] key = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    SrtpKeys.Master master = new SrtpKeys.Master(key, new byte[profile.saltLength()]);
    return new SrtpKeys(profile, master, master);
  }

  private static ByteBuf rtp(int sequence) {
    ByteBuf packet = Unpooled.buffer(200);
    packet.writeByte(0x80).writeByte(111).writeShort(sequence).writeInt(960).writeInt(5);
    return packet.writeBytes(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
  }

  private static byte[] protect(SrtpSender sender, int sequence) {
    ByteBuf packet = Unpooled.directBuffer(200);
    packet.writeBytes(rtp(sequence));
    assertThat(sender.protectRtp(packet, 5)).isTrue();
    byte[] bytes = ByteBufUtil.getBytes(packet);
    packet.release();
    return bytes;
  }

  static Opened open(SrtpReceiver receiver, byte[] packet, PacketBuffer view) {
    view.view(Unpooled.copiedBuffer(packet));
    return receiver.openRtp(view);
  }

  @ParameterizedTest
  @EnumSource
  void comesBackTheSameAcrossTheRollOver(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile));
    SrtpReceiver receiver = new SrtpReceiver(keys(profile));
    PacketBuffer view = new PacketBuffer();
    for (int i = 20_000; i < 140_000; i += 9_000) {
      byte[] sent = protect(sender, i & 0xFFFF);
      assertThat(open(receiver, sent, view)).isEqualTo(Opened.PLAIN);
      ByteBuf plain = Unpooled.buffer();
      view.copyTo(plain);
      assertThat(plain).isEqualTo(rtp(i & 0xFFFF));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsForgedOrReplayedIsNotPassedOn(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile));
    SrtpReceiver receiver = new SrtpReceiver(keys(profile));
    PacketBuffer view = new PacketBuffer();
    byte[] first = protect(sender, 100);
    byte[] forged = first.clone();
    forged[14] ^= 1;
    assertThat(open(receiver, forged, view)).isEqualTo(Opened.FORGED);
    assertThat(open(receiver, first, view)).isEqualTo(Opened.PLAIN);
    assertThat(open(receiver, first, view)).isEqualTo(Opened.REPLAYED);
    byte[] old = protect(sender, 101);
    assertThat(open(receiver, protect(sender, 300), view)).isEqualTo(Opened.PLAIN);
    assertThat(open(receiver, old, view)).isEqualTo(Opened.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void aRetransmissionIsTheSamePacket(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile));
    byte[] first = protect(sender, 100);
    protect(sender, 101);
    assertThat(protect(sender, 100)).isEqualTo(first);
  }
}
