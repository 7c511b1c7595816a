package org.kakehashi.media.webrtc;

import java.util.concurrent.TimeUnit;

/** The worst lateness of the last five to ten seconds. Written on one loop, read from anywhere. */
final class LoopLag {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);

  private long windowStart;
  private volatile long worstNow;
  private volatile long worstBefore;

  void observe(long lateNanos, long nowNanos) {
    if (nowNanos - windowStart >= WINDOW) {
      windowStart = nowNanos;
      worstBefore = worstNow;
      worstNow = 0;
    }
    if (lateNanos > worstNow) {
      worstNow = lateNanos;
    }
  }

  long worstNanos() {
    return Math.max(worstNow, worstBefore);
  }
}
