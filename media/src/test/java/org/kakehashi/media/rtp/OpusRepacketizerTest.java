package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.audio.OpusDecoder;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;

class OpusRepacketizerTest {
  private static final int FRAME = 960;

  private final OpusRepacketizer packer = new OpusRepacketizer();

  /** Speech-like sound of varying loudness, so that frames differ in length. */
  private static List<byte[]> encoded(int count) {
    List<byte[]> packets = new ArrayList<>();
    Random random = new Random(7);
    float[] sound = new float[FRAME];
    try (OpusEncoder encoder = new OpusEncoder(OpusSettings.speech())) {
      for (int i = 0; i < count; i++) {
        double loud = 0.5 + 0.5 * Math.sin(i / 7.0);
        for (int s = 0; s < FRAME; s++) {
          double tone = Math.sin((i * FRAME + s) * 2 * Math.PI * 220 / 48_000);
          sound[s] = (float) (loud * (0.3 * tone + 0.1 * random.nextGaussian()));
        }
        ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
        encoder.encode(sound, FRAME, out);
        packets.add(ByteBufUtil.getBytes(out));
      }
    }
    return packets;
  }

  private static float[] decoded(List<byte[]> packets) {
    float[] all = new float[packets.size() * OpusDecoder.MAX_SAMPLES];
    float[] part = new float[OpusDecoder.MAX_SAMPLES];
    int at = 0;
    try (OpusDecoder decoder = new OpusDecoder(1)) {
      for (byte[] packet : packets) {
        int samples = decoder.decode(packet, packet.length, part);
        assertThat(samples).isPositive();
        System.arraycopy(part, 0, all, at, samples);
        at += samples;
      }
    }
    return java.util.Arrays.copyOf(all, at);
  }

  private List<byte[]> packed(List<byte[]> packets, int frames) {
    List<byte[]> out = new ArrayList<>();
    for (byte[] packet : packets) {
      if (!packer.add(Unpooled.wrappedBuffer(packet))) {
        out.add(taken());
        assertThat(packer.add(Unpooled.wrappedBuffer(packet))).isTrue();
      }
      if (packer.frames() == frames) {
        out.add(taken());
      }
    }
    if (packer.frames() > 0) {
      out.add(taken());
    }
    return out;
  }

  private byte[] taken() {
    ByteBuf out = Unpooled.buffer();
    packer.write(out);
    assertThat(out.readableBytes()).isLessThanOrEqualTo(packer.maxLength());
    packer.clear();
    return ByteBufUtil.getBytes(out);
  }

  @Test
  void whatIsPackedSoundsTheSame() {
    List<byte[]> plain = encoded(150);
    float[] expected = decoded(plain);
    for (int frames = 1; frames <= 6; frames++) {
      List<byte[]> packed = packed(plain, frames);
      assertThat(packed.size()).isLessThanOrEqualTo(150 / frames + 30);
      assertThat(decoded(packed)).isEqualTo(expected);
    }
  }

  @Test
  void packsAgainWhatWasPacked() {
    List<byte[]> plain = encoded(60);
    List<byte[]> twice = packed(packed(plain, 2), 6);
    assertThat(decoded(twice)).isEqualTo(decoded(plain));
  }

  @Test
  void equalLengthsNeedNoLengths() {
    byte[] frame = {(byte) 0xF8, 1, 2, 3};
    packed(List.of(frame), 9);
    assertThat(packed(List.of(frame, frame), 2))
        .containsExactly(new byte[] {(byte) 0xF9, 1, 2, 3, 1, 2, 3});
    assertThat(packed(List.of(frame, frame, frame), 3))
        .containsExactly(new byte[] {(byte) 0xFB, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
  }

  @Test
  void longFramesHaveLengthsOfTwoBytes() {
    byte[] longFrame = new byte[1 + 1_275];
    longFrame[0] = (byte) 0xF8;
    byte[] shortFrame = {(byte) 0xF8, 5};
    byte[] both = packed(List.of(longFrame, shortFrame), 2).getFirst();
    assertThat(both).hasSize(1 + 2 + 1_275 + 1).startsWith((byte) 0xFA, (byte) 255, (byte) 255);
    assertThat(packer.add(Unpooled.wrappedBuffer(both))).isTrue();
    assertThat(packer.frames()).isEqualTo(2);
  }

  @Test
  void anotherConfigurationBreaksThePacket() {
    assertThat(packer.add(Unpooled.wrappedBuffer(new byte[] {(byte) 0xF8, 1}))).isTrue();
    assertThat(packer.add(Unpooled.wrappedBuffer(new byte[] {(byte) 0xF0, 1}))).isFalse();
    assertThat(packer.add(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFC, 1}))).isFalse();
    assertThat(packer.frames()).isEqualTo(1);
  }

  @Test
  void noPacketIsLongerThan120Milliseconds() {
    byte[] sixty = {0x18, 1, 2}; // SILK, 60 ms
    assertThat(packer.add(Unpooled.wrappedBuffer(sixty))).isTrue();
    assertThat(packer.add(Unpooled.wrappedBuffer(sixty))).isTrue();
    assertThat(packer.add(Unpooled.wrappedBuffer(sixty))).isFalse();
  }

  @Test
  void garbageIsRefusedOrStaysWellFormed() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      byte[] garbage = new byte[random.nextInt(40)];
      random.nextBytes(garbage);
      if (packer.add(Unpooled.wrappedBuffer(garbage))) {
        int frames = packer.frames();
        byte[] written = taken();
        assertThat(packer.add(Unpooled.wrappedBuffer(written))).isTrue();
        assertThat(packer.frames()).isEqualTo(frames);
      }
      packer.clear();
    }
  }
}
