package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class H264PacketizerTest {
  private final H264Packetizer packetizer =
      new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, H264Packetizer.MAX_PAYLOAD);

  @Test
  void sendsAUnitThatFitsAlone() {
    List<ByteBuf> payloads = packetizer.packetize(List.of(nal(0x41, 1_188)));

    assertThat(payloads).hasSize(1);
    assertThat(payloads.getFirst().readableBytes()).isEqualTo(1_188);
    assertThat(payloads.getFirst().getByte(0)).isEqualTo((byte) 0x41);
    payloads.forEach(ByteBuf::release);
  }

  @Test
  void aggregatesParameterSetsAndFragmentsTheKeyFrame() {
    List<ByteBuf> payloads =
        packetizer.packetize(List.of(nal(0x67, 24), nal(0x68, 4), nal(0x65, 3_000)));

    assertThat(payloads).extracting(p -> p.getByte(0) & 0x1F).containsExactly(24, 28, 28, 28);
    assertThat(payloads.getFirst().readableBytes()).isEqualTo(1 + 2 + 24 + 2 + 4);
    assertThat(payloads).allSatisfy(p -> assertThat(p.readableBytes()).isBetween(3, 1_188));
    assertThat(payloads)
        .extracting(p -> p.getByte(1) & 0xFF)
        .containsExactly(0, 0x80 | 5, 5, 0x40 | 5);
    payloads.forEach(ByteBuf::release);
  }

  @Test
  void aggregatesAShortKeyFrameWithItsParameterSets() {
    List<ByteBuf> payloads =
        packetizer.packetize(List.of(nal(0x67, 24), nal(0x68, 4), nal(0x65, 900)));

    assertThat(payloads).hasSize(1);
    assertThat(payloads.getFirst().getByte(0) & 0x1F).isEqualTo(24);
    payloads.forEach(ByteBuf::release);
  }

  @Test
  void leavesItsInputAsItWas() {
    ByteBuf nal = nal(0x65, 5_000);
    packetizer.packetize(List.of(nal)).forEach(ByteBuf::release);

    assertThat(nal.readerIndex()).isZero();
    assertThat(nal.readableBytes()).isEqualTo(5_000);
    assertThat(nal.refCnt()).isEqualTo(1);
  }

  @Test
  void givesNothingForNothing() {
    assertThat(packetizer.packetize(List.of())).isEmpty();
    assertThat(packetizer.packetize(List.of(Unpooled.EMPTY_BUFFER))).isEmpty();
  }

  @Test
  void refusesAPayloadSizeThatCannotWork() {
    assertThatThrownBy(() -> new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comesBackTheSameForAnyUnits() {
    Random random = new Random(6184);
    for (int round = 0; round < 2_000; round++) {
      int maxPayload = 16 + random.nextInt(1_300);
      List<byte[]> units = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] unit = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 200)];
        random.nextBytes(unit);
        unit[0] = (byte) (random.nextInt(4) << 5 | 1 + random.nextInt(23));
        units.add(unit);
      }
      RoundTrip.assertSame(units, maxPayload);
    }
  }

  private static ByteBuf nal(int header, int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = (byte) header;
    return Unpooled.wrappedBuffer(bytes);
  }

  /** Packetizes and reassembles. */
  static final class RoundTrip {
    private RoundTrip() {}

    static void assertSame(List<byte[]> units, int maxPayload) {
      H264Reassembly receiver = new H264Reassembly();
      List<ByteBuf> payloads =
          new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, maxPayload)
              .packetize(units.stream().map(Unpooled::wrappedBuffer).toList());
      for (ByteBuf payload : payloads) {
        assertThat(payload.readableBytes()).isLessThanOrEqualTo(maxPayload);
        receiver.add(payload);
        payload.release();
      }
      assertThat(receiver.nalUnits()).containsExactlyElementsOf(units);
    }
  }
}
