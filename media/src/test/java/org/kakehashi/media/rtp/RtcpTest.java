package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.FirEntry;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.Remb;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;
import org.kakehashi.media.rtp.RtcpPacket.Unknown;

class RtcpTest {
  private final Random random = new Random(3550);

  private static RtcpReader.Compound read(String hex) {
    return RtcpReader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
  }

  private static RtcpPacket one(String hex) {
    RtcpReader.Compound compound = read(hex);
    assertThat(compound.malformed()).isZero();
    assertThat(compound.packets()).hasSize(1);
    return compound.packets().get(0);
  }

  @Test
  void readsASenderReport() {
    assertThat(
            one(
                "81c8000c 11111111 e8000000 80000000 00000064 00000002 000000c8"
                    + "22222222 40 fffffe 00010005 00000007 80000001 00010000"))
        .isEqualTo(
            new SenderReport(
                0x1111_1111,
                new NtpTime(0xE800_0000_8000_0000L),
                100,
                2,
                200,
                List.of(new ReportBlock(0x2222_2222, 64, -2, 0x10005, 7, 0x8000_0001, 0x10000))));
  }

  @Test
  void readsACompoundAndReducedSize() {
    RtcpReader.Compound compound =
        read("80c90001 00000001 81ca0003 00000001 01 03 616263 000000 81ce0002 00000001 00000002");
    assertThat(compound.malformed()).isZero();
    assertThat(compound.packets())
        .containsExactly(
            new ReceiverReport(1, List.of()),
            new SourceDescription(List.of(new Cname(1, "abc"))),
            new Pli(1, 2));
    assertThat(one("81ce0002 00000001 00000002")).isEqualTo(new Pli(1, 2)); // RFC 5506.
  }

  @Test
  void readsNackWithItsBitmap() {
    // RFC 4585 §6.2.1: PID and the 16 packets after it; here 0xFFFF, +1, +16.
    assertThat(one("81cd0003 00000001 00000002 ffff 8001"))
        .isEqualTo(new Nack(1, 2, List.of(0xFFFF, 0, 15)));
  }

  @Test
  void readsFirRembByeAndStrangers() {
    assertThat(one("84ce0004 00000001 00000000 00000009 07 000000"))
        .isEqualTo(new Fir(1, List.of(new FirEntry(9, 7))));
    // draft-alvestrand-rmcat-remb-03 §2.3: mantissa times two to the exponent.
    assertThat(one("8fce0005 00000001 00000000 52454d42 01 0c3d09 00000009"))
        .isEqualTo(new Remb(1, 0x3D09L << 3, List.of(9)));
    assertThat(one("82cb0003 00000001 00000002 02 6f6b 00"))
        .isEqualTo(new Bye(List.of(1, 2), "ok"));
    assertThat(one("80cb0000")).isEqualTo(new Bye(List.of(), ""));
    assertThat(one("80cf0001 00000001")).isEqualTo(new Unknown(207, 0));
    assertThat(one("83cd0002 00000001 00000002")).isEqualTo(new Unknown(205, 3));
    assertThat(one("8fce0003 00000001 00000000 41424344")).isEqualTo(new Unknown(206, 15));
    assertThat(one("a1ce0003 00000001 00000002 00000004")).isEqualTo(new Pli(1, 2)); // Padded.
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // Shorter than a header.
        "80c9 0001", // Longer than the datagram.
        "40c90001 00000001", // Version 1.
        "81c90001 00000001", // A block announced, none there.
        "80c80001 00000001",
        "81ca0001 00000001", // A chunk without end.
        "81ca0002 00000001 01 ff 6162", // An item beyond the packet.
        "82cb0001 00000001",
        "81cb0002 00000001 ff616263",
        "81cd0002 00000001 00000002", // No entry.
        "84ce0002 00000001 00000000",
        "81ce0001 00000001",
        "8fce0004 00000001 00000000 52454d42 01000001",
        "8fce0004 00000001 00000000 52454d42 00fc0001", // 2^63 bit/s.
        "a0c90001 00000000", // Padding of 0.
        "a0c90001 00000009", // More padding than packet.
        "8fcd0004 00000001 00000002 00010000 00000000", // Feedback on no packet.
        "8fcd0004 00000001 00000002 00010005 00000000", // No chunk.
        "8fcd0005 00000001 00000002 00010005 00000000 2005 0000" // Deltas are missing.
      })
  void countsWhatIsMalformed(String hex) {
    RtcpReader.Compound compound = read(hex);
    assertThat(compound.packets()).isEmpty();
    assertThat(compound.malformed()).isOne();
  }

  @Test
  void goesOnAfterAMalformedPacketThatIsFramedWell() {
    RtcpReader.Compound compound = read("81c90001 00000001 81ce0002 00000001 00000002");
    assertThat(compound.malformed()).isOne();
    assertThat(compound.packets()).containsExactly(new Pli(1, 2));
  }

  @Test
  void whatIsWrittenReadsBack() {
    for (int round = 0; round < 2000; round++) {
      List<RtcpPacket> packets = new ArrayList<>();
      ByteBuf out = Unpooled.buffer();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        RtcpPacket packet = any();
        packets.add(packet);
        RtcpWriter.write(out, packet);
        assertThat(out.readableBytes() % 4).isZero();
      }
      RtcpReader.Compound compound = RtcpReader.read(out);
      assertThat(compound.malformed()).isZero();
      assertThat(compound.packets()).isEqualTo(packets);
    }
  }

  private RtcpPacket any() {
    return switch (random.nextInt(9)) {
      case 0 ->
          new SenderReport(
              random.nextInt(),
              new NtpTime(random.nextLong()),
              random.nextInt(),
              random.nextInt(),
              random.nextInt(),
              some(this::block));
      case 1 -> new ReceiverReport(random.nextInt(), some(this::block));
      case 2 -> new SourceDescription(some(() -> new Cname(random.nextInt(), text())));
      case 3 -> new Bye(some(random::nextInt), text());
      case 4 -> new Nack(random.nextInt(), random.nextInt(), lost());
      case 5 -> new Pli(random.nextInt(), random.nextInt());
      case 6 -> {
        List<FirEntry> entries = some(() -> new FirEntry(random.nextInt(), random.nextInt(256)));
        yield new Fir(random.nextInt(), entries.isEmpty() ? List.of(new FirEntry(1, 1)) : entries);
      }
      case 7 ->
          new Remb(
              random.nextInt(),
              (long) random.nextInt(1 << 18) << random.nextInt(40),
              some(random::nextInt));
      default -> TransportFeedbackTest.random(random);
    };
  }

  private <T> List<T> some(Supplier<T> each) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4) * random.nextInt(11); i > 0; i--) {
      list.add(each.get());
    }
    return list;
  }

  private ReportBlock block() {
    return new ReportBlock(
        random.nextInt(),
        random.nextInt(256),
        random.nextInt(1 << 24) - (1 << 23),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt());
  }

  private String text() {
    return "言語x".repeat(random.nextInt(12));
  }

  private List<Integer> lost() {
    List<Integer> lost = new ArrayList<>();
    int sequence = random.nextInt(1 << 16);
    for (int i = 1 + random.nextInt(40); i > 0; i--) {
      lost.add(sequence & 0xFFFF);
      sequence += 1 + random.nextInt(random.nextBoolean() ? 3 : 30);
    }
    return lost;
  }

  @Test
  void refusesToWriteMoreThanTheFormatHolds() {
    ByteBuf out = Unpooled.buffer();
    List<Integer> many = Collections.nCopies(32, 1);
    assertThatThrownBy(() -> RtcpWriter.write(out, new Bye(many, "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpWriter.write(out, new Bye(List.of(), "x".repeat(256))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpWriter.write(out, new Unknown(207, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
