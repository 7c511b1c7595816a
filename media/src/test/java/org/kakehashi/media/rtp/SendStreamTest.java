package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ms;
import static org.kakehashi.media.rtp.Streams.picture;
import static org.kakehashi.media.rtp.Streams.sound;
import static org.kakehashi.media.rtp.Streams.source;
import static org.kakehashi.media.rtp.Streams.ticks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.SendStream.Origin;
import org.kakehashi.media.rtp.SentStream.Sent;

class SendStreamTest {
  private final Source fr = source("fr", Codec.OPUS);
  private final Source ja = source("ja", Codec.OPUS);
  private final Source camera = source("camera", Codec.VP8);
  private final Source slides = source("slides", Codec.VP8);
  private final SentStream sent = new SentStream();
  private final SendStream stream = sent.stream;

  private Sent send(Source from, MediaPacket packet) {
    return sent.send(from, packet);
  }

  @Test
  void startsBelowHalfTheSequenceSpace() {
    for (int seed = 0; seed < 200; seed++) {
      SendStream each =
          new SendStream(
              new SendFormat(1, Map.of(Codec.OPUS, 111), HeaderExtensions.NONE, "", "listener"),
              Streams.clock(),
              new Random(seed));
      ByteBuf out = Unpooled.buffer();
      each.write(fr, sound(40_000, 0), out);
      assertThat(Streams.view(out).sequence()).isLessThan(1 << 15);
    }
  }

  @Test
  void aChangeOfSourceLeavesNoGap() {
    Sent first = send(fr, sound(100, ticks(1000)));
    Sent second = send(fr, sound(101, ticks(1020)));
    Sent third = send(ja, sound(7, ticks(1040)));
    assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
    assertThat(third.sequence()).isEqualTo(first.sequence() + 2);
    assertThat(second.timestamp() - first.timestamp()).isEqualTo(960);
    assertThat(third.timestamp() - second.timestamp()).isEqualTo(960);
    assertThat(third.marker()).isTrue();
    assertThat(third.payloadType()).isEqualTo(111);
  }

  @Test
  void aLossInsideASourceStaysVisible() {
    Sent first = send(fr, sound(100, 0));
    Sent second = send(fr, sound(103, ticks(60)));
    assertThat(second.sequence()).isEqualTo(first.sequence() + 3);
    assertThat(second.timestamp() - first.timestamp()).isEqualTo(3 * 960);
  }

  @Test
  void aVeryLongGapShowsAsOneLostPacket() {
    Sent first = send(fr, sound(100, 0));
    Sent second = send(fr, sound(100_000, ticks(60_000)));
    Sent restarted = send(fr, sound(5, ticks(60_020)));
    assertThat(second.sequence()).isEqualTo(first.sequence() + 2);
    assertThat(restarted.sequence()).isEqualTo(first.sequence() + 4);
  }

  @Test
  void aLatePacketKeepsItsPlace() {
    Sent first = send(fr, sound(100, 0));
    send(fr, sound(102, ticks(40)));
    Sent late = send(fr, sound(101, ticks(20)));
    assertThat(late.sequence()).isEqualTo(first.sequence() + 1);
    assertThat(late.timestamp() - first.timestamp()).isEqualTo(960);
  }

  @Test
  void aPacketFromBeforeTheSwitchIsLeftOut() {
    send(ja, sound(1, 0));
    send(fr, sound(100, ticks(20)));
    ByteBuf out = Unpooled.buffer();
    assertThat(stream.write(fr, sound(99, 0), out)).isFalse();
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void aCodecThatWasNotNegotiatedIsLeftOut() {
    ByteBuf out = Unpooled.buffer();
    assertThat(stream.write(source("h", Codec.H264), picture(1, 0, true), out)).isFalse();
    assertThat(stream.takes(Codec.H264)).isFalse();
    assertThat(stream.takes(Codec.OPUS)).isTrue();
  }

  @Test
  void timestampsMoveOnWhenASourceStartsBehind() {
    Sent first = send(fr, sound(1, ticks(1000)));
    Sent behind = send(ja, sound(1, ticks(900)));
    assertThat(behind.timestamp() - first.timestamp()).isEqualTo(960);
    // 900 ms of content is now where 1020 ms would be: the report has to say so.
    SenderReport report = report(ms(2000));
    int atTwoSeconds = behind.timestamp() + (int) ticks(1100);
    assertThat(report.rtpTimestamp()).isEqualTo(atTwoSeconds);
    // Back on a source that is in time, the offset goes back as well.
    Sent again = send(fr, sound(60, ticks(2180)));
    assertThat(again.timestamp() - first.timestamp()).isEqualTo((int) ticks(1180));
  }

  @Test
  void smallStepsOfTheSendersClockAreNotPassedOn() {
    Sent before = send(fr, sound(1, ticks(1000)));
    for (int i = 1; i <= 500; i++) {
      long stepped = i >= 250 ? 5 : 0;
      Sent next = send(fr, sound(1 + i, ticks(1000 + 20L * i + stepped)));
      assertThat(next.timestamp() - before.timestamp()).isEqualTo(960);
      before = next;
    }
    assertThat(report(ms(12_000)).rtpTimestamp())
        .isEqualTo(before.timestamp() + (int) ticks(12_000 - 11_005));
  }

  @Test
  void silenceLeavesItsGapInTheTimestamps() {
    Sent first = send(fr, sound(1, 0));
    Sent afterPause = send(fr, sound(2, ticks(400)));
    assertThat(afterPause.timestamp() - first.timestamp()).isEqualTo((int) ticks(400));
  }

  @Test
  void soundAndPictureOfAListenerTellTheSameRelation() {
    SendStream sound = SentStream.stream(HeaderExtensions.NONE);
    SendStream picture = SentStream.stream(HeaderExtensions.NONE);
    ByteBuf a = Unpooled.buffer();
    ByteBuf v = Unpooled.buffer();
    sound.write(fr, sound(1, ticks(5000)), a);
    picture.write(camera, picture(1, ticks(5000), true), v);
    SenderReport ofSound = SentStream.report(sound, ms(7000));
    SenderReport ofPicture = SentStream.report(picture, ms(7000));
    assertThat(ofSound.ntp()).isEqualTo(ofPicture.ntp());
    assertThat(ofSound.ntp().toInstant()).isEqualTo(Streams.START.plusSeconds(7));
    assertThat(ofSound.rtpTimestamp() - Streams.view(a).timestamp()).isEqualTo(2 * 48_000);
    assertThat(ofPicture.rtpTimestamp() - Streams.view(v).timestamp()).isEqualTo(2 * 90_000);
  }

  @Test
  void oneFrameKeepsOneTimestampWhateverItsOffset() {
    Sent before = send(camera, picture(1, ticks(1000), true));
    Sent a = send(slides, picture(50, ticks(950), false));
    Sent b = send(slides, picture(51, ticks(950), false));
    Sent c = send(slides, picture(52, ticks(950), true));
    Sent next = send(slides, picture(53, ticks(990), true));
    assertThat(a.timestamp() - before.timestamp()).isEqualTo(900);
    assertThat(b.timestamp()).isEqualTo(a.timestamp());
    assertThat(c.timestamp()).isEqualTo(a.timestamp());
    assertThat(next.timestamp() - c.timestamp()).isEqualTo(3600);
  }

  @Test
  void twoSourcesWithTheSameMediaTimeAreTwoFrames() {
    Sent before = send(camera, picture(1, ticks(1000), true));
    Sent after = send(slides, picture(1, ticks(1000), true));
    assertThat(after.timestamp() - before.timestamp()).isEqualTo(900);
  }

  @Test
  void findsTheOriginOfWhatAListenerMisses() {
    int base = send(fr, sound(100, 0)).sequence();
    send(fr, sound(101, ticks(20)));
    Sent switched = send(ja, sound(2000, ticks(10)));
    send(ja, sound(2002, ticks(50)));
    assertThat(stream.origin(base + 1)).contains(new Origin(base + 1, fr, 101));
    assertThat(stream.origin(base + 2)).contains(new Origin(base + 2, ja, 2000));
    assertThat(stream.origin(base + 3)).contains(new Origin(base + 3, ja, 2001));
    assertThat(stream.origin(base + 5)).isEmpty();
    assertThat(stream.origin(base - 1 & 0xFFFF)).isEmpty();

    ByteBuf out = Unpooled.buffer();
    Origin origin = stream.origin(base + 2).orElseThrow();
    assertThat(stream.writeAgain(origin, sound(2000, ticks(10)), out)).isTrue();
    assertThat(Streams.view(out).sequence()).isEqualTo(switched.sequence());
    assertThat(Streams.view(out).timestamp()).isEqualTo(switched.timestamp());
  }

  @Test
  void aListenerCannotMultiplyItsTraffic() {
    int base = send(fr, sound(0, 0)).sequence();
    for (int i = 1; i < 100; i++) {
      send(fr, sound(i, ticks(20L * i)));
    }
    int answered = 0;
    for (int i = 0; i < 10_000; i++) {
      answered += stream.origin(base + i % 100).isPresent() ? 1 : 0;
    }
    assertThat(answered).isBetween(100, 130);
  }

  @Test
  void writesMidUntilTheReceiverReportsAndTheLevelAlways() {
    SendStream extended = SentStream.stream(new HeaderExtensions(1, 0, 0, 4, 0));
    HeaderExtensions extensions = new HeaderExtensions(1, 0, 0, 4, 0);
    ByteBuf out = Unpooled.buffer();
    extended.write(fr, sound(1, 0), out);
    assertThat(extensions.mid(Streams.view(out))).contains("0");
    assertThat(extensions.audioLevel(Streams.view(out))).isEqualTo(-30);

    extended.receiverReport(new ReportBlock(SentStream.SSRC, 64, 3, 0, 48, 0, 0), ms(10));
    out.clear();
    extended.write(fr, sound(2, 960), out);
    assertThat(extensions.mid(Streams.view(out))).isEmpty();
    assertThat(extensions.audioLevel(Streams.view(out))).isEqualTo(-30);
    assertThat(extended.receiver().loss()).isEqualTo(0.25);
    assertThat(extended.receiver().roundTrip()).isEmpty();
  }

  @Test
  void tellsTheRoundTripFromAReceiverReport() {
    send(fr, sound(1, 0));
    SenderReport report = report(ms(1000));
    int delay = 65536 / 2; // The receiver held it for half a second.
    stream.receiverReport(
        new ReportBlock(SentStream.SSRC, 0, 0, 0, 0, report.ntp().middle(), delay), ms(1580));
    assertThat(stream.receiver().roundTrip().orElseThrow())
        .isBetween(Duration.ofMillis(79), Duration.ofMillis(81));
  }

  @Test
  void reportsAtOnceThenEveryFiveSecondsAndWhenTheRelationChanges() {
    assertThat(stream.isReportDue(0)).isFalse();
    send(fr, sound(1, ticks(1000)));
    assertThat(stream.isReportDue(0)).isTrue();
    report(ms(0));
    assertThat(stream.isReportDue(ms(4900))).isFalse();
    assertThat(stream.isReportDue(ms(5000))).isTrue();
    send(ja, sound(1, ticks(700)));
    assertThat(stream.isReportDue(ms(60))).isTrue();
  }

  @Test
  void whatIsLeftOutOnPurposeLeavesNoGap() {
    Sent first = send(camera, picture(10, 0, true));
    stream.interrupt();
    Sent second = send(camera, picture(60, ticks(2000), true));
    assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
    assertThat(second.timestamp() - first.timestamp()).isEqualTo(2 * 90_000);
    assertThat(stream.origin(second.sequence()).orElseThrow().sourceSequence()).isEqualTo(60);
    Sent third = send(camera, picture(61, ticks(2040), true));
    assertThat(third.sequence()).isEqualTo(second.sequence() + 1);
  }

  private SenderReport report(long nowNanos) {
    return SentStream.report(stream, nowNanos);
  }
}
