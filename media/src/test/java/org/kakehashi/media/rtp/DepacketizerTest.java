package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;

class DepacketizerTest {
  private final Random random = new Random(6_184);

  @Test
  void givesBackWhatThePacketizerCut() {
    for (int round = 0; round < 500; round++) {
      List<byte[]> units = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        byte[] unit = new byte[1 + random.nextInt(i % 2 == 0 ? 40 : 5_000)];
        random.nextBytes(unit);
        unit[0] = (byte) (0x60 | 1 + random.nextInt(8));
        units.add(unit);
      }
      int max = 16 + random.nextInt(1_200);
      H264Depacketizer depacketizer = new H264Depacketizer();
      for (ByteBuf payload : packetize(units, max)) {
        assertThat(depacketizer.isWhole() && payload == null).isFalse();
        depacketizer.add(payload);
        payload.release();
      }
      assertThat(depacketizer.isWhole()).isTrue();
      assertThat(unitsOf(depacketizer.frame())).containsExactlyElementsOf(units);
      depacketizer.clear();
      assertThat(depacketizer.isWhole()).isFalse();
    }
  }

  @Test
  void aMissingFragmentSpoilsTheFrame() {
    byte[] unit = new byte[5_000];
    random.nextBytes(unit);
    unit[0] = 0x65;
    List<ByteBuf> payloads = packetize(List.of(unit), 1_000);
    for (int missing = 0; missing < payloads.size(); missing += payloads.size() - 1) {
      H264Depacketizer depacketizer = new H264Depacketizer();
      for (int i = 0; i < payloads.size(); i++) {
        if (i != missing) {
          depacketizer.add(payloads.get(i));
        }
      }
      assertThat(depacketizer.isWhole()).as("without fragment " + missing).isFalse();
    }
    payloads.forEach(ByteBuf::release);
  }

  @Test
  void malformedAggregatesSpoilTheFrame() {
    for (byte[] payload :
        List.of(
            new byte[] {24},
            new byte[] {24, 0, 0, 1},
            new byte[] {24, 0, 9, 1},
            new byte[] {25, 1, 2, 3},
            new byte[] {28, 5},
            new byte[] {0, 1},
            new byte[] {31, 1})) {
      H264Depacketizer depacketizer = new H264Depacketizer();
      depacketizer.add(Unpooled.wrappedBuffer(payload));
      assertThat(depacketizer.isWhole()).isFalse();
    }
  }

  @Test
  void vp8JoinsWhatFollowsTheStart() {
    Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    depacketizer.add(Unpooled.wrappedBuffer(new byte[] {0x10, 1, 2}));
    depacketizer.add(Unpooled.wrappedBuffer(new byte[] {(byte) 0x80, (byte) 0x80, 5, 3}));
    assertThat(depacketizer.isWhole()).isTrue();
    assertThat(ByteBufUtil.getBytes(depacketizer.frame())).containsExactly(1, 2, 3);
    depacketizer.clear();
    depacketizer.add(Unpooled.wrappedBuffer(new byte[] {0, 1, 2}));
    assertThat(depacketizer.isWhole()).as("its start is missing").isFalse();
  }

  @Test
  void nothingThrowsAndNothingGrowsWithoutBound() {
    for (Codec codec : List.of(Codec.H264, Codec.VP8)) {
      Depacketizer depacketizer = Depacketizer.of(codec);
      byte[] large = new byte[1_400];
      large[0] = 0x10;
      for (int i = 0; i < 4_000; i++) {
        depacketizer.add(Unpooled.wrappedBuffer(large));
      }
      assertThat(depacketizer.frame().readableBytes()).isLessThanOrEqualTo(Depacketizer.MAX_FRAME);
      for (int i = 0; i < 40_000; i++) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        DepacketizerFuzzTest.check(depacketizer, bytes);
      }
    }
  }

  private static List<ByteBuf> packetize(List<byte[]> units, int max) {
    return new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, max)
        .packetize(units.stream().map(Unpooled::wrappedBuffer).toList());
  }

  private static List<byte[]> unitsOf(ByteBuf frame) {
    List<byte[]> units = new ArrayList<>();
    ByteBuf data = frame.duplicate();
    while (data.isReadable()) {
      units.add(ByteBufUtil.getBytes(data.readSlice(data.readInt())));
    }
    return units;
  }
}
