package org.kakehashi.media.recording;

/**
 * The published stretch of a recording, for all tracks at once.
 *
 * @param start ticks from the recording's first moment, at least 0
 * @param end ticks, after start; {@link Long#MAX_VALUE}: to the end
 */
public record Trim(long start, long end) {
  /** Everything. */
  public static final Trim NONE = new Trim(0, Long.MAX_VALUE);

  /** Refuses an empty stretch. */
  public Trim {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("A trim from " + start + " to " + end + " is empty");
    }
  }
}
