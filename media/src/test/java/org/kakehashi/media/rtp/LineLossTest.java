package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.sound;
import static org.kakehashi.media.rtp.Streams.source;
import static org.kakehashi.media.rtp.Streams.ticks;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/** What a listener's line loses is told from what never reached us. */
class LineLossTest {
  private final Source fr = source("fr", Codec.OPUS);
  private final SendStream stream = SentStream.stream(HeaderExtensions.NONE);
  private int last;
  private long next = 100;

  private void send(int packets) {
    for (int i = 0; i < packets; i++) {
      write(next++);
    }
  }

  private void write(long sequence) {
    var out = Unpooled.buffer();
    assertThat(stream.write(fr, sound(sequence, ticks(20 * sequence)), out)).isTrue();
    last = Streams.view(out).sequence();
  }

  private void report(int lost, int highest) {
    stream.receiverReport(
        new ReportBlock(SentStream.SSRC, 255, lost, highest & 0xFFFF, 0, 0, 0), 0);
  }

  @Test
  void whatTheLineLosesIsItsLoss() {
    send(500);
    report(5, last);
    assertThat(stream.lineLoss()).isEqualTo(0.01);
    send(250);
    report(5, last);
    assertThat(stream.lineLoss()).isEqualTo(0.005);
  }

  @Test
  void oneLostPacketBetweenTwoReportsIsChance() {
    send(83);
    report(1, last);
    assertThat(stream.lineLoss()).isLessThan(0.004);
  }

  @Test
  void whatNeverReachedUsIsNot() {
    for (int i = 1; i <= 10; i++) {
      send(50);
      next += 2;
      send(50);
      report(2 * i, last);
    }
    assertThat(stream.lineLoss()).isZero();
    send(10);
    next++;
    send(10);
    report(23, last);
    assertThat(stream.lineLoss()).isGreaterThan(0.003);
  }

  @Test
  void whatIsUnderWayCountsInTheNextReport() {
    send(100);
    int heard = last;
    next++;
    send(5);
    report(0, heard);
    assertThat(stream.lineLoss()).isZero();
    send(100);
    report(1, last);
    assertThat(stream.lineLoss()).isZero();
  }

  @Test
  void manyGapsAreStillOurs() {
    for (int i = 0; i < 100; i++) {
      send(5);
      next++;
    }
    send(1);
    report(100, last);
    assertThat(stream.lineLoss()).isZero();
  }

  @Test
  void whatComesLateIsSentAfterAll() {
    send(100);
    long late = next++;
    send(100);
    write(late);
    send(100);
    report(1, last); // So the listener missed it, or another one.
    assertThat(stream.lineLoss()).isGreaterThan(0);
  }

  @Test
  void whatComesLaterThanTheReportEvensOut() {
    send(100);
    long late = next++;
    send(100);
    report(1, last);
    write(late);
    send(100);
    report(0, last);
    assertThat(stream.lineLoss()).isZero();
    send(100);
    report(1, last);
    assertThat(stream.lineLoss()).isGreaterThan(0);
  }

  @Test
  void aReportOfWhatWasNotSentIsLeftAside() {
    report(3, 5);
    send(100);
    report(50, last + 1);
    report(50, last - 30_000);
    assertThat(stream.lineLoss()).isZero();
    report(2, last);
    double once = stream.lineLoss();
    report(50, last);
    assertThat(stream.lineLoss()).isEqualTo(once).isGreaterThan(0);
  }
}
