package org.kakehashi.media.congestion;

/**
 * The share of packets that did not arrive, counted anew every second or every twenty packets,
 * whichever takes longer: of fewer one lost would be a catastrophe. Thread: one at a time.
 */
final class LossRate {
  private static final long LEAST_NANOS = 1_000_000_000;
  private static final int LEAST_PACKETS = 20;

  private long since;
  private int packets;
  private int lost;
  private double share;

  void arrived() {
    packets++;
  }

  void missing() {
    packets++;
    lost++;
  }

  /** Whether a new share was counted just now. */
  boolean count(long nowNanos) {
    if (packets < LEAST_PACKETS || nowNanos - since < LEAST_NANOS) {
      return false;
    }
    share = (double) lost / packets;
    since = nowNanos;
    packets = 0;
    lost = 0;
    return true;
  }

  /** The share counted last, 0 to 1. */
  double share() {
    return share;
  }
}
