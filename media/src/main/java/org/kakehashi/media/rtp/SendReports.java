package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;

/**
 * Tells the listener of one outgoing track how its timestamps and the session's clock relate, so
 * that its sound and picture stay together. Thread: the listener's media loop.
 */
final class SendReports {
  /** RFC 3550 §6.2 asks for no more; what changes in between is told at once. */
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private static final long LEAST_INTERVAL = Duration.ofMillis(50).toNanos();

  private final SendFormat format;
  private final MediaClock clock;
  private long toldAtNanos;
  private long toldOffset;
  private boolean told;

  SendReports(SendFormat format, MediaClock clock) {
    this.format = format;
    this.clock = clock;
  }

  /**
   * Whether a sender report is due: five seconds after the last, or at once where the relation has
   * changed by more than {@code audible}.
   *
   * @param offset outgoing timestamp minus scaled media time
   */
  boolean isDue(long nowNanos, long offset, long audible) {
    long since = nowNanos - toldAtNanos;
    boolean changed = Math.abs(offset - toldOffset) > audible;
    return !told || since >= INTERVAL || changed && since >= LEAST_INTERVAL;
  }

  /**
   * Writes a sender report and the CNAME (RFC 3550 §6.1).
   *
   * @param timestamp of what is captured now
   * @param packets sent, modulo 2^32
   * @param octets of payload sent, modulo 2^32
   */
  void write(long nowNanos, int timestamp, int packets, int octets, long offset, ByteBuf out) {
    NtpTime ntp = NtpTime.of(clock.wallTime(clock.ticks(nowNanos)));
    RtcpWriter.write(
        out, new SenderReport(format.ssrc(), ntp, timestamp, packets, octets, List.of()));
    RtcpWriter.write(out, new SourceDescription(List.of(new Cname(format.ssrc(), format.cname()))));
    told = true;
    toldAtNanos = nowNanos;
    toldOffset = offset;
  }
}
