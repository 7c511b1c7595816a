package org.kakehashi.media.webrtc;

import java.util.concurrent.TimeUnit;

/**
 * When to find out whether a line takes more, and how much padding that needs: a second and a half
 * at a time, a quarter more than is known, or half where that helped, and less and less often while
 * it does not help: what it puts into the line's queue delays the sound. Thread: the peer's media
 * loop.
 */
final class Probe {
  private static final long LASTS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long SOONEST = TimeUnit.SECONDS.toNanos(3);
  private static final long LATEST = TimeUnit.SECONDS.toNanos(48);
  private static final double STEP = 0.25;
  private static final double BOLD_STEP = 0.5;
  private static final long LEAST_STEP = 40_000;
  private static final long MOST = 2_000_000;
  private static final long LONGEST_TURN = TimeUnit.MILLISECONDS.toNanos(100);

  private boolean running;
  private long until;
  private long paddedAt;
  private long padding;
  private long knownBefore;
  private long next = Long.MIN_VALUE;
  private long interval = SOONEST;
  private double step = STEP;

  boolean isRunning() {
    return running;
  }

  /**
   * Begins where it is time to, and ends where it has lasted long enough.
   *
   * @param goal what the next step up would need, in bit/s
   * @param known what the line is known to take, in bit/s
   * @param flowing what is sent now, in bit/s
   */
  void consider(long goal, long known, long flowing, long nowNanos) {
    if (running) {
      if (nowNanos - until >= 0) {
        running = false;
        boolean helped = known > knownBefore;
        step = helped ? BOLD_STEP : STEP;
        interval = helped ? SOONEST : Math.min(2 * interval, LATEST);
        next = nowNanos + (helped ? 0 : interval);
      }
      return;
    }
    if (next == Long.MIN_VALUE) {
      next = nowNanos + SOONEST;
    }
    if (nowNanos - next < 0 || goal <= 0) {
      return;
    }
    running = true;
    until = nowNanos + LASTS;
    paddedAt = nowNanos;
    knownBefore = known;
    long least = known + LEAST_STEP; // Else it would show what is known already.
    long total = Math.max(Math.min(goal, (long) (known * (1 + step))), least);
    padding = Math.clamp(total - flowing, LEAST_STEP, MOST);
  }

  /** The line showed that it is full. */
  void failed(long nowNanos) {
    step = STEP;
    if (running) {
      running = false;
      interval = Math.min(2 * interval, LATEST);
    }
    next = nowNanos + interval;
  }

  /** Nothing is left to find out. */
  void stop() {
    running = false;
    step = STEP;
    interval = SOONEST;
    next = Long.MIN_VALUE;
  }

  /** How many bytes of padding are due. */
  int due(long nowNanos) {
    long elapsed = Math.min(nowNanos - paddedAt, LONGEST_TURN);
    paddedAt = nowNanos;
    return (int) (padding * elapsed / 8 / TimeUnit.SECONDS.toNanos(1));
  }
}
