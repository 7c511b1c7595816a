package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ms;
import static org.kakehashi.media.rtp.Streams.ticks;
import static org.kakehashi.media.rtp.Verdict.ACCEPTED;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;

class ReceiveStreamTest {
  private static final int SSRC = 0x8000_0042;
  private static final int OPUS = 111;
  private static final int RED = 63;
  private static final int VP8 = 96;
  private static final int RTX = 97;
  private static final byte[] KEY = {0x10, 0x00, 1};
  private static final byte[] INTER = {0x10, 0x01, 1};
  private static final byte[] MORE = {0x00, 0x00, 1};

  private final List<MediaPacket> out = new ArrayList<>();
  private final List<ByteBuf> datagrams = new ArrayList<>();
  private final ReceiveStream sound = stream(Codec.OPUS, OPUS, RED, ReceiveStream.Format.NONE);
  private final ReceiveStream picture = stream(Codec.VP8, VP8, ReceiveStream.Format.NONE, RTX);

  private ReceiveStream stream(Codec codec, int type, int red, int rtx) {
    HeaderExtensions extensions = new HeaderExtensions(1, 0, 0, 0, 0);
    return new ReceiveStream(
        new ReceiveStream.Format(SSRC, codec, type, red, rtx, true, extensions),
        Streams.clock(),
        out::add);
  }

  @AfterEach
  void everyReferenceIsGivenBack() {
    out.forEach(MediaPacket::release);
    for (ByteBuf datagram : datagrams) {
      assertThat(datagram.refCnt()).isOne();
    }
  }

  private Verdict accept(
      ReceiveStream stream, int type, int sequence, int timestamp, long atMs, byte... payload) {
    ByteBuf datagram = Streams.rtp(type, false, sequence & 0xFFFF, timestamp, SSRC, payload);
    datagrams.add(datagram);
    return stream.accept(Streams.view(datagram), ms(atMs));
  }

  private Verdict opus(int sequence, long atMs) {
    return accept(sound, OPUS, sequence, sequence * 960, atMs, Streams.OPUS_20_MS);
  }

  private Verdict vp8(int sequence, int frame, long atMs, byte[] payload) {
    return accept(picture, VP8, sequence, frame * 3000, atMs, payload);
  }

  private List<RtcpPacket> feedback(ReceiveStream stream, long atMs) {
    List<RtcpPacket> requests = new ArrayList<>();
    stream.feedback(1, ms(atMs), requests::add);
    return requests;
  }

  private List<Long> sequences() {
    return out.stream().map(packet -> packet.sequence() - out.get(0).sequence()).toList();
  }

  @Test
  void makesMediaPacketsOnTheSessionsClock() {
    ByteBuf datagram = Unpooled.buffer();
    RtpPacket.writeHeader(datagram, true, true, OPUS, 65_535, -960, SSRC);
    datagram.writeInt(0xBEDE_0001).writeInt(0x10_9E_00_00).writeBytes(Streams.OPUS_20_MS);
    datagrams.add(datagram);
    assertThat(sound.accept(Streams.view(datagram), ms(1000))).isEqualTo(ACCEPTED);
    assertThat(accept(sound, OPUS, 0, 0, 1020, Streams.OPUS_20_MS)).isEqualTo(ACCEPTED);
    MediaPacket first = out.get(0);
    assertThat(ByteBufUtil.getBytes(first.payload())).isEqualTo(Streams.OPUS_20_MS);
    assertThat(first.mediaTime()).isEqualTo(ticks(1000));
    assertThat(first.marker()).isTrue();
    assertThat(first.keyFrame()).isTrue();
    assertThat(first.level()).isEqualTo(-30);
    MediaPacket second = out.get(1);
    assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
    assertThat(second.mediaTime()).isEqualTo(ticks(1020));
    assertThat(second.level()).isEqualTo(MediaPacket.NO_LEVEL);
  }

  @Test
  void dropsDuplicatesAndStrangers() {
    opus(1, 0);
    assertThat(opus(1, 1)).isEqualTo(Verdict.DUPLICATE);
    assertThat(accept(sound, 0, 2, 0, 2, (byte) 1)).isEqualTo(Verdict.UNKNOWN_PAYLOAD_TYPE);
    assertThat(out).hasSize(1);
  }

  @Test
  void asksForLostPacketsAgainAndAgainThenGivesUp() {
    opus(1, 0);
    opus(4, 60);
    assertThat(feedback(sound, 60)).isEmpty(); // It may be reordering.
    assertThat(feedback(sound, 66)).containsExactly(new Nack(1, SSRC, List.of(2, 3)));
    assertThat(feedback(sound, 80)).isEmpty();
    opus(3, 100);
    assertThat(feedback(sound, 130)).containsExactly(new Nack(1, SSRC, List.of(2)));
    assertThat(feedback(sound, 300)).isEmpty();
    assertThat(feedback(sound, 400)).isEmpty();
    assertThat(sequences()).containsExactly(0L, 3L, 2L);
  }

  @Test
  void asksForAKeyFrameWhenAPictureCannotBeMended() {
    vp8(1, 1, 0, KEY);
    vp8(3, 2, 33, INTER);
    assertThat(feedback(picture, 40)).containsExactly(new Nack(1, SSRC, List.of(2)));
    assertThat(feedback(picture, 900)).containsExactly(new Pli(1, SSRC));
    assertThat(feedback(picture, 1000)).isEmpty();
    assertThat(feedback(picture, 1400)).containsExactly(new Pli(1, SSRC)); // None came.
    vp8(4, 3, 1500, KEY);
    assertThat(feedback(picture, 3000)).isEmpty();
  }

  @Test
  void aLossTooLongToMendAsksForAKeyFrameAtOnce() {
    vp8(1, 1, 0, KEY);
    vp8(1500, 2, 33, INTER);
    assertThat(feedback(picture, 40)).containsExactly(new Pli(1, SSRC));
  }

  @Test
  void asksForManyPacketsInSeveralDatagrams() {
    vp8(1, 1, 0, KEY);
    vp8(302, 2, 33, INTER);
    List<Integer> asked = new ArrayList<>();
    for (int now = 40; now < 44; now++) {
      for (RtcpPacket request : feedback(picture, now)) {
        List<Integer> lost = ((Nack) request).lost();
        assertThat(lost).hasSizeLessThanOrEqualTo(NackList.MAX_DUE);
        asked.addAll(lost);
      }
    }
    assertThat(asked).isEqualTo(IntStream.range(2, 302).boxed().toList());
  }

  @Test
  void aKeyFrameMakesWhatIsMissingBeforeItNeedless() {
    vp8(1, 1, 0, KEY);
    vp8(5, 2, 33, KEY);
    assertThat(feedback(picture, 50)).isEmpty();
  }

  @Test
  void marksTheFirstPacketOfAKeyFrameOnly() {
    vp8(1, 1, 0, KEY);
    vp8(2, 1, 0, MORE);
    vp8(3, 2, 33, INTER);
    assertThat(out.stream().map(MediaPacket::keyFrame)).containsExactly(true, false, false);
    assertThat(out.get(0).mediaTime()).isEqualTo(out.get(1).mediaTime());
  }

  @Test
  void unwrapsRetransmissions() {
    vp8(1, 1, 0, KEY);
    vp8(3, 1, 1, MORE);
    byte[] again = {0, 2, 0x00, 0x00, 7};
    assertThat(accept(picture, RTX, 900, 3000, 50, again)).isEqualTo(ACCEPTED);
    assertThat(accept(picture, RTX, 901, 3000, 51, again)).isEqualTo(Verdict.DUPLICATE);
    assertThat(accept(picture, RTX, 902, 3000, 52, (byte) 0)).isEqualTo(Verdict.BAD_RETRANSMISSION);
    assertThat(accept(picture, RTX, 903, 3000, 53)).isEqualTo(Verdict.EMPTY);
    assertThat(sequences()).containsExactly(0L, 2L, 1L);
    assertThat(ByteBufUtil.getBytes(out.get(2).payload())).containsExactly(0, 0, 7);
    assertThat(out.get(2).mediaTime()).isEqualTo(out.get(0).mediaTime());
    assertThat(feedback(picture, 100)).isEmpty();
  }

  @Test
  void bandwidthProbesLeaveNoGap() {
    vp8(1, 1, 0, KEY);
    assertThat(vp8(2, 1, 1, new byte[0])).isEqualTo(Verdict.EMPTY);
    assertThat(vp8(3, 1, 2, new byte[0])).isEqualTo(Verdict.EMPTY);
    vp8(5, 2, 33, INTER);
    vp8(4, 2, 34, INTER);
    assertThat(sequences()).containsExactly(0L, 2L, 1L);
  }

  @Test
  void redundancyBringsLostPacketsBackInOrder() {
    byte[] a = {(byte) 0xF8, 1};
    byte[] b = {(byte) 0xF8, 2};
    byte[] c = {(byte) 0xF8, 3};
    accept(sound, RED, 1, 960, 20, red(a));
    accept(sound, RED, 4, 4 * 960, 80, red(b, c, a));
    assertThat(sequences()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(out.stream().map(packet -> (int) packet.payload().getByte(1)))
        .containsExactly(1, 2, 3, 1);
    assertThat(out.stream().map(MediaPacket::mediaTime))
        .containsExactly(ticks(20), ticks(40), ticks(60), ticks(80));
    assertThat(sound.recovered()).isEqualTo(2);
    assertThat(feedback(sound, 200)).isEmpty();
    assertThat(accept(sound, RED, 3, 3 * 960, 90, red(c))).isEqualTo(Verdict.DUPLICATE);
  }

  @Test
  void redundancyOfWhatArrivedIsNotForwarded() {
    byte[] a = {(byte) 0xF8, 1};
    accept(sound, RED, 1, 960, 20, red(a));
    accept(sound, RED, 2, 1920, 40, red(a, a));
    assertThat(sequences()).containsExactly(0L, 1L);
    assertThat(accept(sound, RED, 3, 2880, 60, (byte) 0x80)).isEqualTo(Verdict.BAD_REDUNDANCY);
    assertThat(accept(sound, RED, 3, 2880, 60, (byte) 9, (byte) 1))
        .isEqualTo(Verdict.UNKNOWN_PAYLOAD_TYPE);
  }

  /** A RED payload of frames 20 ms apart, the last of them the primary. */
  private static byte[] red(byte[]... frames) {
    ByteBuf red = Unpooled.buffer();
    for (int i = 0; i < frames.length - 1; i++) {
      red.writeByte(0x80 | OPUS);
      red.writeMedium((frames.length - 1 - i) * 960 << 10 | frames[i].length);
    }
    red.writeByte(OPUS);
    for (byte[] frame : frames) {
      red.writeBytes(frame);
    }
    return ByteBufUtil.getBytes(red);
  }

  @Test
  void reportsLossJitterAndTheLastSenderReport() {
    assertThat(sound.reportBlock(0)).isEmpty();
    sound.senderReport(
        new SenderReport(SSRC, new NtpTime(0x1122_3344_5566_7788L), 960, 1, 4, List.of()), ms(0));
    for (int i = 1; i <= 8; i++) {
      if (i != 3 && i != 5) {
        opus(i, 20L * i);
      }
    }
    ReportBlock block = sound.reportBlock(ms(500)).orElseThrow();
    assertThat(block.ssrc()).isEqualTo(SSRC);
    assertThat(block.fractionLost()).isEqualTo(2 * 256 / 8);
    assertThat(block.cumulativeLost()).isEqualTo(2);
    assertThat(block.highestSequence() & 0xFFFF).isEqualTo(8);
    assertThat(block.jitter()).isZero();
    assertThat(block.lastReport()).isEqualTo(0x3344_5566);
    assertThat(block.delay()).isEqualTo(65536 / 2);
    opus(9, 180 + 16); // A.8: 16 ms late, one sixteenth of it.
    ReportBlock second = sound.reportBlock(ms(600)).orElseThrow();
    assertThat(second.jitter()).isEqualTo((int) ticks(1));
    assertThat(second.fractionLost()).isZero();
    assertThat(second.cumulativeLost()).isEqualTo(2);
  }

  @Test
  void reportsBeforeTheFirstPacketsAlignPictureToSound() {
    picture.clock().alignTo(sound.clock());
    NtpTime ntp = new NtpTime(0x1122_3344_5566_7788L);
    sound.senderReport(new SenderReport(SSRC, ntp, 960, 0, 0, List.of()), ms(0));
    picture.senderReport(new SenderReport(SSRC, ntp, 3_000, 0, 0, List.of()), ms(0));
    opus(1, 50);
    vp8(1, 1, 130, KEY);
    vp8(2, 2, 163, KEY);
    long later = out.get(2).mediaTime() - out.get(0).mediaTime();
    assertThat(later).isEqualTo(ticks(100) / 3); // A frame of 1/30 s, whatever its delay.
  }

  @Test
  void aSenderThatCountsAnewGoesOn() {
    opus(1, 0);
    assertThat(accept(sound, OPUS, 30_000, 5, 20, Streams.OPUS_20_MS))
        .isEqualTo(Verdict.SEQUENCE_JUMP);
    assertThat(accept(sound, OPUS, 30_001, 965, 40, Streams.OPUS_20_MS)).isEqualTo(ACCEPTED);
    assertThat(out.get(1).sequence()).isGreaterThan(out.get(0).sequence());
    assertThat(feedback(sound, 60)).isEmpty();
    assertThat(sound.reportBlock(ms(60)).orElseThrow().cumulativeLost()).isZero();
  }

  @Test
  void aTrackThatGoesOnUnderAnotherSsrcCountsOn() {
    opus(40_000, 0);
    ReceiveStream.Format format = sound.format();
    ReceiveStream next = sound.successor(format);
    assertThat(accept(next, OPUS, 7, 5, 20, Streams.OPUS_20_MS)).isEqualTo(ACCEPTED);
    assertThat(out.get(1).sequence() - out.get(0).sequence()).isGreaterThan(1L << 16);
  }

  @Test
  void aStreamThatNeverSentAnythingUsableHandsTheCountOn() {
    opus(40_000, 0);
    ReceiveStream next = sound.successor(sound.format());
    assertThat(accept(next, OPUS + 1, 7, 5, 20, Streams.OPUS_20_MS))
        .isEqualTo(Verdict.UNKNOWN_PAYLOAD_TYPE);
    ReceiveStream third = next.successor(sound.format());
    assertThat(accept(third, OPUS, 40_000, 5, 40, Streams.OPUS_20_MS)).isEqualTo(ACCEPTED);
    assertThat(out.get(1).sequence() - out.get(0).sequence()).isGreaterThan(1L << 16);
  }

  @Test
  void aLossyShuffledStreamWithRedundancyComesOutOnceEach() {
    Random random = new Random(2198);
    byte[] frame = {(byte) 0xF8, 1};
    for (int i = 1; i < 20_000; i++) {
      int sequence = Math.max(1, i - random.nextInt(4));
      if (random.nextInt(5) > 0) {
        accept(sound, RED, sequence, sequence * 960, 20L * i, red(frame, frame, frame));
      }
    }
    assertThat(out.stream().map(MediaPacket::sequence).distinct().count()).isEqualTo(out.size());
    // A number is never sent with 0.8^4 = 41%; lost for good if its two successors are not either.
    assertThat(out.size()).isBetween(18_400, 19_000);
    for (MediaPacket packet : out) {
      long index = packet.sequence() - out.get(0).sequence();
      assertThat(packet.mediaTime() - out.get(0).mediaTime() - index * 960)
          .isBetween(-ticks(80), ticks(80));
    }
  }
}
