package org.kakehashi.media.webrtc;

import java.util.concurrent.TimeUnit;

/**
 * Whether a listener's line is good enough for packed sound. It is until packets are lost on it,
 * and again after a while without: each change between packed and plain is 40 ms more or less of
 * delay, so that a line that is sometimes good waits longer from time to time. On the peer's loop.
 */
final class LineTrust {
  /** A lost packet is a gap of three frames, and takes the redundancy in the next frame along. */
  static final double TOLERABLE = 0.004;

  /** To be trusted again it must lose clearly less: none of late, or one long ago. */
  static final double GOOD = 0.001;

  static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(20);
  static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(5);

  private boolean bad;
  private long wait;
  private long trustedAt;
  private long badAt;

  /**
   * Takes note at a listener's report.
   *
   * @param loss the share of packets lost of late, 0 to 1
   * @param nowNanos of the monotonic clock
   */
  void reported(double loss, long nowNanos) {
    if (loss > TOLERABLE) {
      if (!bad) {
        lose(nowNanos);
      }
      badAt = nowNanos;
    } else if (bad && loss <= GOOD && nowNanos - badAt >= wait) {
      bad = false;
      trustedAt = nowNanos;
    }
  }

  private void lose(long nowNanos) {
    boolean again = wait > 0 && nowNanos - trustedAt < LONGEST_WAIT;
    wait = again ? Math.min(2 * wait, LONGEST_WAIT) : LEAST_WAIT;
    bad = true;
  }

  /** Whether sound may be packed. */
  boolean isGood() {
    return !bad;
  }
}
