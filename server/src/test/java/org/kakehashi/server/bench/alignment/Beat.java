package org.kakehashi.server.bench.alignment;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * The one clock by which everybody clicks and flashes: at its start and every two seconds. It is
 * nobody's sample clock and nobody's wall clock. Thread: any.
 *
 * @param startNanos by {@link System#nanoTime}
 * @param startedAt the wall-clock time of the same moment, as the machine tells it
 */
record Beat(long startNanos, Instant startedAt) {
  /** From one click to the next, in nanoseconds. */
  static final long EVERY = Duration.ofSeconds(2).toNanos();

  private static final long CLICK = Duration.ofMillis(10).toNanos();
  private static final long FLASH = Duration.ofMillis(120).toNanos();

  static Beat start() {
    return new Beat(System.nanoTime(), Instant.now());
  }

  /** Nanoseconds since the start. */
  long now() {
    return System.nanoTime() - startNanos;
  }

  /** The wall-clock time of a moment. */
  Instant wallTime(long nanos) {
    return startedAt.plusNanos(nanos);
  }

  static boolean isClick(long nanos) {
    return Math.floorMod(nanos, EVERY) < CLICK;
  }

  static boolean isFlash(long nanos) {
    return Math.floorMod(nanos, EVERY) < FLASH;
  }

  /** Waits on this thread. */
  void await(long nanos) {
    for (long left = nanos - now(); left > 0; left = nanos - now()) {
      LockSupport.parkNanos(left);
    }
  }
}
