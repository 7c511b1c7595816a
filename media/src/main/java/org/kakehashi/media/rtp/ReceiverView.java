package org.kakehashi.media.rtp;

import java.time.Duration;
import java.util.Optional;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/**
 * What the receiver of one of our streams reports of it, RFC 3550 §6.4. Written on the media loop,
 * read from any thread.
 */
public final class ReceiverView {
  private static final long UNKNOWN = -1;

  private volatile boolean reported;
  private volatile int fractionLost;
  private volatile int jitter;
  private volatile int cumulativeLost;
  private volatile long roundTripNanos = UNKNOWN;

  void report(ReportBlock block, NtpTime now) {
    reported = true;
    fractionLost = block.fractionLost();
    cumulativeLost = block.cumulativeLost();
    jitter = block.jitter();
    if (block.lastReport() != 0) {
      // RFC 3550 §6.4.1: A − LSR − DLSR, in 2^-16 s; negative is a clock that lies.
      int roundTrip = now.middle() - block.lastReport() - block.delay();
      roundTripNanos = roundTrip >= 0 ? roundTrip * 1_000_000_000L >> 16 : UNKNOWN;
    }
  }

  /** Whether anything was reported yet. */
  public boolean hasReported() {
    return reported;
  }

  /** The share of packets lost between the last two reports, 0 to 1. */
  public double loss() {
    return fractionLost / 256.0;
  }

  /** Packets lost since the start; below 0 where duplicates outweigh losses. */
  public int cumulativeLost() {
    return cumulativeLost;
  }

  /** Jitter of the arrivals, in units of the stream's RTP clock. */
  public int jitter() {
    return jitter;
  }

  /** Time to the receiver and back, once it has answered a sender report. */
  public Optional<Duration> roundTrip() {
    long nanos = roundTripNanos;
    return nanos == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }
}
