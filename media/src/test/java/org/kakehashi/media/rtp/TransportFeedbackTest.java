package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.RtcpPacket.TransportFeedback.NOT_RECEIVED;
import static org.kakehashi.media.rtp.Streams.ms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;

class TransportFeedbackTest {
  static TransportFeedback random(Random random) {
    List<Integer> deltas = new ArrayList<>();
    int kind = random.nextInt(3);
    for (int i = 1 + random.nextInt(100); i > 0; i--) {
      if (random.nextInt(20) == 0) {
        kind = random.nextInt(3);
      }
      int symbol = random.nextInt(4) == 0 ? random.nextInt(3) : kind;
      deltas.add(
          switch (symbol) {
            case 0 -> NOT_RECEIVED;
            case 1 -> random.nextInt(256);
            default ->
                random.nextBoolean()
                    ? 256 + random.nextInt(Short.MAX_VALUE - 255)
                    : -1 - random.nextInt(-Short.MIN_VALUE);
          });
    }
    return new TransportFeedback(
        random.nextInt(),
        random.nextInt(),
        random.nextInt(1 << 16),
        random.nextInt(1 << 24) - (1 << 23),
        random.nextInt(256),
        deltas);
  }

  private static TransportFeedback read(String hex) {
    RtcpReader.Compound compound =
        RtcpReader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    assertThat(compound.malformed()).isZero();
    return (TransportFeedback) compound.packets().get(0);
  }

  @Test
  void readsAllThreeKindsOfChunk() {
    // §3.1.3, §3.1.4: a run of 3 losses; 14 one-bit symbols; two-bit symbols small, large, lost.
    TransportFeedback feedback =
        read(
            "8fcd0008 00000001 00000002 0005 0014 000102 03"
                + "0003 9c20 d800 01 02 03 04 05 fffe 000000");
    int none = NOT_RECEIVED;
    assertThat(feedback.baseSequence()).isEqualTo(5);
    assertThat(feedback.referenceTime()).isEqualTo(0x102);
    assertThat(feedback.count()).isEqualTo(3);
    assertThat(feedback.deltas())
        .containsExactly(
            none, none, none, // run
            none, 1, 2, 3, none, none, none, none, 4, none, none, none, none, none, // one bit
            5, -2, none); // two bits
  }

  /** Decodes the way the draft tells it, bit by bit, sharing no code with what is tested. */
  private static Map<Integer, Long> reference(ByteBuf packet) {
    Map<Integer, Long> arrivals = new HashMap<>();
    int base = packet.getUnsignedShort(12);
    int count = packet.getUnsignedShort(14);
    long time = packet.getMedium(16) * 64_000L; // Microseconds.
    StringBuilder symbols = new StringBuilder();
    int at = 20;
    while (symbols.length() < count) {
      String bits = String.format("%16s", Integer.toBinaryString(packet.getUnsignedShort(at)));
      bits = bits.replace(' ', '0');
      at += 2;
      if (bits.startsWith("0")) {
        String symbol = Integer.toString(Integer.parseInt(bits.substring(1, 3), 2));
        symbols.append(symbol.repeat(Integer.parseInt(bits.substring(3), 2)));
      } else if (bits.startsWith("10")) {
        symbols.append(bits.substring(2));
      } else {
        for (int i = 2; i < 16; i += 2) {
          symbols.append(Integer.parseInt(bits.substring(i, i + 2), 2));
        }
      }
    }
    for (int i = 0; i < count; i++) {
      char symbol = symbols.charAt(i);
      if (symbol == '0') {
        continue;
      }
      time += 250L * (symbol == '1' ? packet.getUnsignedByte(at) : packet.getShort(at));
      at += symbol == '1' ? 1 : 2;
      arrivals.put(base + i & 0xFFFF, time);
    }
    return arrivals;
  }

  @Test
  void aReferenceDecoderFindsEveryArrivalWhereItWas() {
    Random random = new Random(15);
    for (int round = 0; round < 300; round++) {
      TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
      long start = random.nextLong(1L << 50);
      long now = start;
      long origin = -1;
      int sequence = random.nextInt(1 << 16);
      Map<Integer, Long> expected = new HashMap<>();
      Map<Integer, Long> reported = new HashMap<>();
      int count = -1;
      for (int i = 0; i < 400; i++) {
        now += random.nextLong(random.nextInt(30) == 0 ? ms(20_000) : ms(12));
        sequence += random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 1;
        origin = origin < 0 ? now : origin;
        builder.received(sequence & 0xFFFF, now);
        expected.put(sequence & 0xFFFF, (now - origin) / 250_000 * 250);
        if (random.nextInt(25) == 0) {
          Optional<TransportFeedback> feedback;
          while ((feedback = builder.build()).isPresent()) {
            count++;
            assertThat(feedback.get().count()).isEqualTo(count & 0xFF);
            ByteBuf out = Unpooled.buffer();
            RtcpWriter.write(out, feedback.get());
            assertThat(out.readableBytes()).isLessThan(1000);
            reported.putAll(reference(out));
          }
          assertThat(reported).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void reportsLossesBetweenArrivals() {
    TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
    builder.received(0xFFFE, ms(1000));
    builder.received(1, ms(1010));
    builder.received(0, ms(1020)); // Reordered: a negative step.
    TransportFeedback feedback = builder.build().orElseThrow();
    assertThat(feedback.baseSequence()).isEqualTo(0xFFFE);
    assertThat(feedback.deltas()).containsExactly(0, NOT_RECEIVED, 80, -40);
    assertThat(builder.build()).isEmpty();
    builder.received(0xFFFF, ms(1030)); // Reported as lost already.
    assertThat(builder.build()).isEmpty();
  }

  @Test
  void aGapWiderThanTheWindowIsPassedOver() {
    TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
    builder.received(10, ms(0));
    builder.received(30_000, ms(10));
    builder.received(30_001, ms(11));
    TransportFeedback feedback = builder.build().orElseThrow();
    assertThat(feedback.baseSequence()).isEqualTo(30_000);
    assertThat(feedback.deltas()).hasSize(2);
    assertThat(builder.build()).isEmpty();
  }

  @Test
  void aReportIsBoundedHoweverManyPackets() {
    TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
    for (int i = 0; i < 100_000; i++) {
      builder.received(i & 0xFFFF, i * 100_000L);
    }
    int packets = 0;
    Optional<TransportFeedback> feedback;
    while ((feedback = builder.build()).isPresent()) {
      packets += feedback.get().deltas().size();
    }
    assertThat(packets).isEqualTo(TransportFeedbackBuilder.WINDOW);
  }
}
