package org.kakehashi.media.audio;

import java.util.Arrays;

/**
 * How late a source's packets have come of late: the greatest difference between their arrival and
 * their media time over two seconds. Jitter raises it, a fast or slow sender's clock moves it.
 *
 * <p>Thread: one at a time.
 */
final class Lateness {
  private static final int BUCKETS = 10;
  private static final long BUCKET_TICKS = 9_600; // 200 ms
  private static final long NONE = Long.MIN_VALUE;

  private final long[] greatest = new long[BUCKETS];
  private long bucket;
  private boolean any;

  Lateness() {
    reset();
  }

  /** Forgets everything, as when a source starts anew. */
  void reset() {
    Arrays.fill(greatest, NONE);
    any = false;
  }

  /**
   * Notes a packet.
   *
   * @param lateness arrival minus media time, in ticks
   * @param now the arrival, in ticks; later than those before
   */
  void add(long lateness, long now) {
    long current = Math.floorDiv(now, BUCKET_TICKS);
    if (!any || current - bucket >= BUCKETS) {
      // Packets after a pause say how late they are now; what was before is history.
      Arrays.fill(greatest, NONE);
    } else {
      for (long b = bucket + 1; b <= current; b++) {
        greatest[index(b)] = NONE;
      }
    }
    any = true;
    bucket = Math.max(bucket, current);
    int i = index(current);
    greatest[i] = Math.max(greatest[i], lateness);
  }

  /** The greatest lateness in ticks; {@code otherwise} if there was no packet yet. */
  long greatest(long otherwise) {
    long max = NONE;
    for (long lateness : greatest) {
      max = Math.max(max, lateness);
    }
    return max == NONE ? otherwise : max;
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
