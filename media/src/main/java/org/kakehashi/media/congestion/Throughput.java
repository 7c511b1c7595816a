package org.kakehashi.media.congestion;

/**
 * What came through to a peer, by the peer's own clock: the bytes of the last half second. Thread:
 * one at a time.
 */
final class Throughput {
  private static final long WINDOW_MICROS = 500_000;
  private static final long BIN_MICROS = 20_000;
  private static final int BINS = (int) (WINDOW_MICROS / BIN_MICROS);

  private final long[] bins = new long[BINS];
  private long first = Long.MIN_VALUE;
  private long newest;
  private long sum;

  void arrived(long arrivedMicros, int bytes) {
    long bin = Math.floorDiv(arrivedMicros, BIN_MICROS);
    if (first == Long.MIN_VALUE) {
      first = bin;
      newest = bin;
    }
    if (bin > newest) {
      long passed = Math.min(bin - newest, BINS);
      for (long i = bin - passed + 1; i <= bin; i++) {
        int slot = slot(i);
        sum -= bins[slot];
        bins[slot] = 0;
      }
      newest = bin;
    } else if (bin <= newest - BINS) {
      return;
    }
    bins[slot(bin)] += bytes;
    sum += bytes;
  }

  /** Whether packets came for as long as the window is. */
  boolean isKnown() {
    return first != Long.MIN_VALUE && newest - first >= BINS;
  }

  /** In bit/s. */
  long bitsPerSecond() {
    return sum * 8 * 1_000_000 / WINDOW_MICROS;
  }

  private static int slot(long bin) {
    return (int) Math.floorMod(bin, (long) BINS);
  }
}
