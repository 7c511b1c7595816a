package org.kakehashi.server.replay;

import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.recording.Trim;

/**
 * The stretch of a recording that is shown.
 *
 * @param startMs from the recording's first moment
 * @param endMs after start
 */
public record Cut(long startMs, long endMs) {
  private static final long TICKS_A_MS = MediaClock.RATE / 1000;

  /** Refuses an empty stretch. */
  public Cut {
    if (startMs < 0 || endMs <= startMs) {
      throw new IllegalArgumentException("from " + startMs + " to " + endMs + " ms is nothing");
    }
  }

  /** The same in ticks. */
  public Trim trim() {
    return new Trim(startMs * TICKS_A_MS, endMs * TICKS_A_MS);
  }

  static long ms(long ticks) {
    return ticks / TICKS_A_MS;
  }
}
