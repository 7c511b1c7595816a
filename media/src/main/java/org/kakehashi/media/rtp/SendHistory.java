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
   * A stretch of packets renumbered in the same way.
   *
   * @param first its first outgoing sequence number; it ends where the next run starts
   * @param shift outgoing minus source sequence number
   * @param timestampOffset outgoing timestamp minus scaled media time
   */
  record Run(Source source, long first, long shift, long timestampOffset) {}

  private final @Nullable Run[] runs = new @Nullable Run[SIZE];
  private int added;
  private long firstOfSource;

  @Nullable Run current() {
    return added == 0 ? null : runs[(added - 1) % SIZE];
  }

  /**
   * @param isNewSource whether packets before {@code first} have nothing to do with this source's
   */
  Run add(Source source, long first, long shift, long timestampOffset, boolean isNewSource) {
    Run run = new Run(source, first, shift, timestampOffset);
    runs[added % SIZE] = run;
    added = added + 1 == 2 * SIZE ? SIZE : added + 1; // Never wraps below SIZE.
    if (isNewSource) {
      firstOfSource = first;
    }
    return run;
  }

  /** The first packet that belongs to the present source's present count. */
  long firstOfSource() {
    return firstOfSource;
  }

  /** The run of an outgoing packet; null if it lies too far back. */
  @Nullable Run find(long sequence) {
    for (int back = 1; back <= Math.min(added, SIZE); back++) {
      Run run = runs[(added - back) % SIZE];
      if (run != null && run.first() <= sequence) {
        return run;
      }
    }
    return null;
  }
}
