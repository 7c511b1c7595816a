package org.kakehashi.media.channel;

/**
 * How much came during the last two seconds. Threads: {@link #add} one at a time, {@link
 * #bitsPerSecond} any; what is read while it is written is off by a packet at most.
 */
final class BitRate {
  private static final int BINS = 8;
  private static final long BIN = MediaClock.RATE / 4;

  private final long[] bins = new long[BINS];
  private long newest = Long.MIN_VALUE;
  private long sum;
  private volatile long known;
  private volatile long knownBin = Long.MIN_VALUE;

  /** Counts so many bytes at {@code nowTicks}. */
  void add(int bytes, long nowTicks) {
    long bin = Math.floorDiv(nowTicks, BIN);
    if (newest == Long.MIN_VALUE) {
      newest = bin;
    }
    long passed = Math.min(bin - newest, BINS);
    for (long i = bin - passed + 1; i <= bin; i++) {
      int slot = (int) Math.floorMod(i, (long) BINS);
      sum -= bins[slot];
      bins[slot] = 0;
    }
    newest = Math.max(newest, bin);
    bins[(int) Math.floorMod(newest, (long) BINS)] += bytes;
    sum += bytes;
    known = sum;
    knownBin = newest;
  }

  /** The rate at {@code nowTicks}; 0 once nothing came for two seconds. */
  long bitsPerSecond(long nowTicks) {
    long bin = knownBin;
    if (bin == Long.MIN_VALUE || Math.floorDiv(nowTicks, BIN) - bin >= BINS) {
      return 0;
    }
    return known * 8 * MediaClock.RATE / (BINS * BIN);
  }
}
