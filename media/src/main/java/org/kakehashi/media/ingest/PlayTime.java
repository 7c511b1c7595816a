package org.kakehashi.media.ingest;

import org.kakehashi.media.channel.MediaClock;

/**
 * Where a file that is played stands on the session's clock: its time 0 falls on a tick of the
 * session, and is moved on by every pause. In ticks of 1/48000 s.
 *
 * <p>Threads: the player's, but for {@link #hold} and {@link #goOn}: any, under the player's lock.
 */
final class PlayTime {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final MediaClock clock;

  /** The session's tick at which the file's time 0 is, pauses apart. */
  private long epoch = NOT_BEGUN;

  private long heldAt;

  /** Ticks spent in pauses so far. */
  private volatile long held;

  /**
   * @param clock the session's
   */
  PlayTime(MediaClock clock) {
    this.clock = clock;
  }

  /** The file's time 0 is at {@code tick} of the session. */
  void begin(long tick) {
    epoch = tick;
  }

  /** The file's time now, as if it were not held; 0 before it has begun. */
  long now() {
    return epoch == NOT_BEGUN ? 0 : clock.now() - epoch - held;
  }

  /** The session's tick at which the file's time is {@code ticks}. */
  long tickOf(long ticks) {
    return epoch + held + ticks;
  }

  /** A pause begins. */
  void hold() {
    heldAt = clock.now();
  }

  /** The pause is over. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // written under a lock; the player only reads it
  void goOn() {
    held += clock.now() - heldAt;
  }
}
