package org.kakehashi.media.rtp;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Source;

/**
 * The last changes of source and of timestamp offset of one outgoing track. Thread: the listener's
 * media loop.
 */
final class SendHistory {
  private static final int SIZE = 16;

  /**
   * A stretch of packets renumbered in the same way. It is overwritten once it lies {@link #SIZE}
   * changes back: a source whose clock drifts changes the offset often, and that must cost nothing.
   */
  static final class Run {
    private Source source;
    private long first;
    private long last;
    private long shift;
    private long timestampOffset;
    private long marked;

    private Run(Source source) {
      this.source = source;
    }

    Source source() {
      return source;
    }

    /** Its first outgoing sequence number; it ends where the next run starts. */
    long first() {
      return first;
    }

    /** Outgoing minus source sequence number. */
    long shift() {
      return shift;
    }

    /** Whether this packet was marked as the beginning of a source's sound. */
    boolean marks(long sequence) {
      return marked == sequence;
    }

    /** Outgoing timestamp minus scaled media time. */
    long timestampOffset() {
      return timestampOffset;
    }
  }

  private final @Nullable Run[] runs = new @Nullable Run[SIZE];
  private @Nullable Run current; // Asked for with every packet.
  private int added;
  private long firstOfSource;

  @Nullable Run current() {
    return current;
  }

  /**
   * @param isNewSource whether packets before {@code first} have nothing to do with this source's
   */
  Run add(Source source, long first, long shift, long timestampOffset, boolean isNewSource) {
    Run old = runs[added % SIZE];
    Run run = old == null ? new Run(source) : old;
    run.source = source;
    run.first = first;
    run.last = Long.MAX_VALUE;
    run.shift = shift;
    run.timestampOffset = timestampOffset;
    run.marked = -1;
    runs[added % SIZE] = run;
    current = run;
    added = added + 1 == 2 * SIZE ? SIZE : added + 1; // Never wraps below SIZE.
    if (isNewSource) {
      firstOfSource = first;
    }
    return run;
  }

  /** The packet about to be sent is marked as the beginning of the present source's sound. */
  void mark(long sequence) {
    Run run = current();
    if (run != null) {
      run.marked = sequence;
    }
  }

  /** The first packet that belongs to the present source's present count. */
  long firstOfSource() {
    return firstOfSource;
  }

  /**
   * Leaves out one outgoing sequence number, which is nobody's packet: what follows of the present
   * run is renumbered by one more.
   *
   * @param sequence above all that was sent
   */
  void skip(long sequence) {
    Run run = current();
    if (run == null) {
      return;
    }
    if (run.first == sequence) {
      run.first++;
      run.shift++;
      return;
    }
    run.last = sequence - 1;
    add(run.source, sequence + 1, run.shift + 1, run.timestampOffset, false);
  }

  /** The run of an outgoing packet; null if it lies too far back, or was nobody's. */
  @Nullable Run find(long sequence) {
    for (int back = 1; back <= Math.min(added, SIZE); back++) {
      Run run = runs[(added - back) % SIZE];
      if (run != null && run.first() <= sequence) {
        return sequence <= run.last ? run : null;
      }
    }
    return null;
  }

  /** The run into which a late packet of the present source belongs; null if it is too late. */
  @Nullable Run place(Source source, long sourceSequence) {
    for (int back = 1; back <= Math.min(added, SIZE); back++) {
      Run run = runs[(added - back) % SIZE];
      if (run == null || run.source != source || run.first < firstOfSource) {
        return null;
      }
      long sequence = sourceSequence + run.shift;
      if (sequence >= run.first && sequence <= run.last) {
        return run;
      }
    }
    return null;
  }
}
