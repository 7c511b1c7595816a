package org.kakehashi.media.audio;

/**
 * Absolute deadlines 20 ms apart, so that a late tick does not delay those after it. Ticks missed
 * for a short while are made up for one after another; after a long stall they are skipped.
 *
 * <p>Thread: the ticker's.
 */
final class TickSchedule {
  /** How many ticks are made up for: more would only be heard as a burst of old sound. */
  static final int CATCH_UP = 5;

  private long deadline;
  private long overruns;
  private long skipped;

  /** Makes the first tick due at {@code now}. */
  void start(long now) {
    deadline = now;
  }

  /** How long to wait for the next tick, in nanoseconds; 0 or less: it is due. */
  long untilDue(long now) {
    return deadline - now;
  }

  /**
   * Takes the tick that is due.
   *
   * @return its deadline
   */
  long take(long now) {
    long late = now - deadline;
    if (late >= Ticker.PERIOD_NANOS) {
      overruns++;
      long missed = late / Ticker.PERIOD_NANOS;
      if (missed > CATCH_UP) {
        skipped += missed;
        deadline += missed * Ticker.PERIOD_NANOS;
      }
    }
    long due = deadline;
    deadline += Ticker.PERIOD_NANOS;
    return due;
  }

  /** How many ticks began a whole period late or more. */
  long overruns() {
    return overruns;
  }

  /** How many ticks were never run. */
  long skipped() {
    return skipped;
  }
}
