package org.kakehashi.media.rtp;

/**
 * Counts on where a number of 16 or 32 bits wraps around: each value becomes the 64-bit number
 * nearest to the one before. Not thread-safe.
 */
public final class Unwrapper {
  private final int shift;
  private boolean started;
  private long last;

  private Unwrapper(int bits) {
    this.shift = Long.SIZE - bits;
  }

  /** For sequence numbers, 16 bits. */
  public static Unwrapper ofSequence() {
    return new Unwrapper(16);
  }

  /** For RTP timestamps, 32 bits. */
  public static Unwrapper ofTimestamp() {
    return new Unwrapper(32);
  }

  /** The value on the long count, from which the next one is counted. */
  public long unwrap(int value) {
    last = peek(value);
    started = true;
    return last;
  }

  /** What {@link #unwrap} would say, without remembering it. */
  public long peek(int value) {
    return started ? nearest(last, value, shift) : ((long) value << shift) >>> shift;
  }

  /** The 64-bit number nearest to {@code reference} whose low 16 bits are {@code sequence}. */
  public static long nearestSequence(long reference, int sequence) {
    return nearest(reference, sequence, 48);
  }

  private static long nearest(long reference, int value, int shift) {
    return reference + (((value - reference) << shift) >> shift);
  }
}
