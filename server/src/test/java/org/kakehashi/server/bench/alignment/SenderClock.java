package org.kakehashi.server.bench.alignment;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is at a sender, whose sample clock runs a little fast or slow and whose wall clock
 * is wrong, as everybody's is.
 *
 * @param rate of its RTP clock, in Hz
 * @param ppm by how much that is fast
 * @param wrong by how much its wall clock is
 */
record SenderClock(Beat beat, int rate, double ppm, Duration wrong) {
  /** The same sender's clock for its picture, which is another crystal's. */
  SenderClock camera(double fast) {
    return new SenderClock(beat, 90_000, fast, wrong);
  }

  /** What the RTP clock says at a moment; of sound, which sample is taken. */
  long timestamp(long nanos) {
    return Math.round(nanos * (rate * (1 + ppm / 1e6)) / 1e9);
  }

  /** When the RTP clock says so. */
  long nanos(long timestamp) {
    return Math.round(timestamp * 1e9 / (rate * (1 + ppm / 1e6)));
  }

  /** What its wall clock says at a moment. */
  Instant wallTime(long nanos) {
    return beat.wallTime(nanos).plus(wrong);
  }
}
