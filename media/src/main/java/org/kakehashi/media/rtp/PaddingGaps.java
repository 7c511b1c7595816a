package org.kakehashi.media.rtp;

/**
 * Closes the gaps that padding-only packets leave in a sequence: they are not forwarded, and a gap
 * would look like a loss. Remembers the last {@value #SIZE}. Thread: the stream's media loop.
 */
final class PaddingGaps {
  private static final int SIZE = 64;

  private final long[] padding = new long[SIZE];
  private long count;

  /** Notes a padding-only packet that is newer than any packet renumbered before. */
  void add(long sequence) {
    padding[(int) (count % SIZE)] = sequence;
    count++;
  }

  /** The sequence number without padding-only packets. */
  long renumber(long sequence) {
    long before = count;
    // The newest first: a packet in order looks at one entry.
    while (before > 0 && count - before < SIZE && padding[(int) ((before - 1) % SIZE)] > sequence) {
      before--;
    }
    return sequence - before;
  }
}
