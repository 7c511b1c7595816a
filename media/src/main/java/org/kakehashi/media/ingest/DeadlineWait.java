package org.kakehashi.media.ingest;

import java.util.concurrent.locks.LockSupport;
import org.kakehashi.media.channel.MediaClock;

/** How a player waits for its next deadline; a simulated one lets tests run without waiting. */
@FunctionalInterface
interface DeadlineWait {
  /**
   * Waits on the calling thread until {@code clock.nanoTime()} reads {@code deadlineNanos}, or
   * less: the caller looks again. Unparking the thread ends the wait.
   */
  void until(long deadlineNanos, MediaClock clock);

  /** Real time. */
  static DeadlineWait realTime() {
    return (deadline, clock) -> {
      long left = deadline - clock.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(clock, left);
      }
    };
  }
}
