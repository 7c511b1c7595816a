package org.kakehashi.media.rtp;

import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/**
 * What a receiver reports of one stream: loss (RFC 3550 A.3), jitter (A.8), and the last sender
 * report (§6.4.1). Thread: the stream's media loop.
 */
final class ReceptionStatistics {
  private final int ssrc;
  private final int rate;
  private long first = -1;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private long lastTransit;
  private boolean hasTransit;
  private int lastReport;
  private long lastReportNanos;

  ReceptionStatistics(int ssrc, int rate) {
    this.ssrc = ssrc;
    this.rate = rate;
  }

  /** Starts counting anew, with a stream or with its restart. */
  void restart(long sequence) {
    first = sequence;
    highest = sequence;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    hasTransit = false;
  }

  void received(long sequence, long timestamp, long arrivalNanos) {
    received++;
    if (sequence < highest) {
      return; // Reordered or sent again: its delay is not the network's jitter.
    }
    highest = sequence;
    long seconds = Math.floorDiv(arrivalNanos, 1_000_000_000L);
    long rest = Math.floorMod(arrivalNanos, 1_000_000_000L);
    long transit = seconds * rate + rest * rate / 1_000_000_000L - timestamp;
    if (hasTransit) {
      jitter += (Math.abs(transit - lastTransit) - jitter) / 16;
    }
    lastTransit = transit;
    hasTransit = true;
  }

  void senderReport(NtpTime ntp, long arrivalNanos) {
    lastReport = ntp.middle();
    lastReportNanos = arrivalNanos;
  }

  boolean hasReceived() {
    return first >= 0;
  }

  /** The block of the next report; the fraction lost counts from the one before. */
  ReportBlock block(long nowNanos) {
    long expected = highest - first + 1;
    long lost = expected - received;
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    int fraction =
        expectedNow == 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    long delay = lastReport == 0 ? 0 : ((nowNanos - lastReportNanos) / 1000 << 16) / 1_000_000;
    return new ReportBlock(
        ssrc,
        fraction,
        (int) Math.clamp(lost, -0x80_0000, 0x7F_FFFF),
        (int) highest,
        (int) jitter,
        lastReport,
        (int) delay);
  }
}
