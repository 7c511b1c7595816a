package org.kakehashi.media.rtp;

import java.util.Arrays;

/**
 * Counts a stream's sequence numbers on to 64 bits, tells new packets from duplicates, and notices
 * a sender that starts again elsewhere (RFC 3550 A.1). Thread: the stream's media loop.
 */
final class SequenceWindow {
  /** How far back duplicates are known; farther back than any retransmission is of use. */
  static final int SIZE = 4096;

  /** A larger step forward is a restart rather than a loss (A.1: MAX_DROPOUT). */
  private static final int MAX_DROPOUT = 3000;

  /** A restarted count continues above the old one by at least this much. */
  private static final long RESTART_DISTANCE = 1L << 16;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private final long after;
  private long highest = -1;
  private int suspected = -1;
  private boolean restarted;
  private long current;

  /**
   * @param after the count starts above this
   */
  SequenceWindow(long after) {
    this.after = after;
  }

  private static long above(long count) {
    return (count & ~0xFFFFL) + 2 * RESTART_DISTANCE;
  }

  /** Judges a packet: accepted, duplicate, too late, or a jump to be confirmed by the next one. */
  Verdict offer(int sequence) {
    restarted = false;
    if (highest < 0) {
      start(above(after) | sequence);
      return Verdict.ACCEPTED;
    }
    long candidate = Unwrapper.nearestSequence(highest, sequence);
    long step = candidate - highest;
    if (step > MAX_DROPOUT || step <= -SIZE) {
      if (sequence == suspected) {
        restarted = true;
        start(above(highest) | sequence);
        return Verdict.ACCEPTED;
      }
      suspected = sequence + 1 & 0xFFFF;
      return step > 0 ? Verdict.SEQUENCE_JUMP : Verdict.TOO_LATE;
    }
    suspected = -1;
    current = candidate;
    if (step > 0) {
      for (long skipped = highest + 1; skipped < candidate; skipped++) {
        clear(skipped);
      }
      highest = candidate;
      mark(candidate);
      return Verdict.ACCEPTED;
    }
    if (has(candidate)) {
      return Verdict.DUPLICATE;
    }
    mark(candidate);
    return Verdict.ACCEPTED;
  }

  /** The packet judged last, on the long count. */
  long current() {
    return current;
  }

  /** The highest packet so far, on the long count; -1 before the first. */
  long highest() {
    return highest;
  }

  /** The highest number that is taken: where none of this count's own is, that it began above. */
  long last() {
    return highest < 0 ? after : highest;
  }

  /** Whether the packet judged last began a new count, unrelated to the one before. */
  boolean restarted() {
    return restarted;
  }

  /** Whether {@code sequence} lies within the window and has not arrived. */
  boolean isMissing(long sequence) {
    return sequence > highest - SIZE && sequence < highest && !has(sequence);
  }

  private void start(long sequence) {
    // What came before the first packet is nobody's loss.
    Arrays.fill(seen, -1L);
    highest = sequence;
    current = sequence;
    suspected = -1;
  }

  /** Marks a packet recovered by other means, so that its late original counts as duplicate. */
  void mark(long sequence) {
    seen[word(sequence)] |= 1L << sequence;
  }

  private void clear(long sequence) {
    seen[word(sequence)] &= ~(1L << sequence);
  }

  private boolean has(long sequence) {
    return (seen[word(sequence)] & 1L << sequence) != 0;
  }

  private static int word(long sequence) {
    return (int) (sequence >>> 6) & SIZE / Long.SIZE - 1;
  }
}
