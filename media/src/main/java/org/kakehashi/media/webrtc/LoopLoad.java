package org.kakehashi.media.webrtc;

import java.util.concurrent.TimeUnit;

/**
 * How much of its thread a loop needs, second by second. Written on the loop, read from anywhere.
 *
 * <p>Two signs tell that it can take no more: its thread hardly rests, or it is late at each tick
 * of a second because others have the processor. A single late tick tells nothing.
 */
final class LoopLoad {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

  /**
   * So many seconds on end: many who come in at once, or a compiler at work, are not a full loop.
   */
  private static final int LASTING = 3;

  private static final double CROWDED = 0.6;

  /** Below a third of {@link #CROWDED}, since packing takes up to two thirds of the work away. */
  private static final double RELAXED = 0.15;

  private static final double TELLING = 0.1;
  private static final long LATE = TimeUnit.MILLISECONDS.toNanos(40);

  private final double full;
  private long startedAt;
  private long processorAt;
  private long packetsAt;
  private long leastLate = Long.MAX_VALUE;
  private boolean started;
  private volatile double share;
  private volatile double packetsPerSecond;
  private volatile int fullSeconds;
  private volatile boolean crowded;

  /**
   * With nothing to do yet.
   *
   * @param full the share of its thread, above 0 to 1, from which on it takes no more listeners
   */
  LoopLoad(double full) {
    this.full = full;
  }

  /**
   * Takes note at a tick.
   *
   * @param nowNanos of the monotonic clock
   * @param processorNanos this thread has used so far
   * @param packets sent so far
   * @param lateNanos by which the tick is late
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; others only read
  void observe(long nowNanos, long processorNanos, long packets, long lateNanos) {
    leastLate = Math.min(leastLate, lateNanos);
    if (started && nowNanos - startedAt < WINDOW) {
      return;
    }
    if (started) {
      double seconds = (nowNanos - startedAt) / 1e9;
      share = Math.min(1, (processorNanos - processorAt) / 1e9 / seconds);
      packetsPerSecond = (packets - packetsAt) / seconds;
      fullSeconds = share > full || leastLate > LATE ? fullSeconds + 1 : 0;
      crowded = crowded ? share > RELAXED : share > CROWDED;
    }
    started = true;
    startedAt = nowNanos;
    processorAt = processorNanos;
    packetsAt = packets;
    leastLate = Long.MAX_VALUE;
  }

  /** Whether one more listener would be at the cost of those present. */
  boolean isFull() {
    return fullSeconds >= LASTING;
  }

  /** Whether it is time to send fewer packets; holds until there is plenty of room again. */
  boolean isCrowded() {
    return crowded;
  }

  /** The share of its thread it used in the last second, 0 to 1. */
  double share() {
    return share;
  }

  /**
   * How many packets a second it could send, by what it sends; 0 while it sends too few to tell.
   */
  double capacity() {
    double used = share;
    return used < TELLING ? 0 : packetsPerSecond * full / used;
  }
}
