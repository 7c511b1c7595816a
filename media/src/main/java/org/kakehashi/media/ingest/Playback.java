package org.kakehashi.media.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a file is played.
 *
 * @param repeats whether it starts again at its end, without a gap in times and sequence numbers
 * @param every with {@code repeats}: the length of one round, so that several files repeat in step
 *     for hours however their containers round; longer files are cut, shorter ones followed by
 *     nothing; null: the file's own length
 */
public record Playback(boolean repeats, @Nullable Duration every) {
  /** From start to end. */
  public static Playback once() {
    return new Playback(false, null);
  }

  /** Again and again, each round as long as the file. */
  public static Playback repeated() {
    return new Playback(true, null);
  }

  /**
   * Again and again.
   *
   * @param every the length of a round, at least one second
   */
  public static Playback repeatedEvery(Duration every) {
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("A round of " + every + " is too short");
    }
    return new Playback(true, every);
  }
}
