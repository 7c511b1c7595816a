package org.kakehashi.media.rtp;

import org.kakehashi.media.channel.MediaClock;

/**
 * How long a {@link JitterBuffer} has to hold packets: long enough for all but three in a hundred,
 * by the delays seen lately. Times in ticks of 1/48000 s. Not thread-safe.
 */
final class JitterDepth {
  private static final long MS = MediaClock.RATE / 1000;
  private static final long STEP = 20 * MS;
  private static final int STEPS = 10;

  /** 40 ms, as much as fifty packets of evidence. */
  private static final int START_STEP = 1;

  private static final double START_WEIGHT = 50;
  private static final double SHARE = 0.97;

  /** An old delay counts half after some 350 packets, 7 s. */
  private static final double FORGET = 0.998;

  private static final long WINDOW = 5L * MediaClock.RATE;
  private static final long EXCESS = 200 * MS;

  private final double[] delays = new double[STEPS];
  private double weight = START_WEIGHT;
  private int target = START_STEP;
  private long least = Long.MAX_VALUE;
  private long leastBefore = Long.MAX_VALUE;
  private long windowStart;

  JitterDepth() {
    delays[START_STEP] = START_WEIGHT;
  }

  /** Notes the arrival at {@code now} of a packet of {@code mediaTime}. */
  void observe(long mediaTime, long now) {
    long delay = now - mediaTime;
    boolean first = least == Long.MAX_VALUE;
    if (first || now - windowStart >= WINDOW) {
      leastBefore = least;
      least = delay;
      windowStart = now;
    } else if (delay < least) {
      least = delay;
    }
    int step = (int) Math.min(STEPS - 1, (delay - base()) / STEP);
    for (int i = 0; i < STEPS; i++) {
      delays[i] *= FORGET;
    }
    weight = weight * FORGET + 1;
    delays[step] += 1;
    double sum = 0;
    int enough = 0;
    while (enough < STEPS - 1 && (sum += delays[enough]) < SHARE * weight) {
      enough++;
    }
    target = enough;
  }

  /** 20 to 200 ms. */
  long target() {
    return (target + 1) * STEP;
  }

  boolean isDue(long mediaTime, long now) {
    return error(mediaTime, now) >= 0;
  }

  /** By how much a packet played now is later than the depth asks for. */
  long error(long mediaTime, long now) {
    return now - mediaTime - base() - target();
  }

  /** Whether such an error is to be put right at once. */
  boolean isExcessive(long error) {
    return error > EXCESS;
  }

  private long base() {
    return Math.min(least, leastBefore);
  }
}
