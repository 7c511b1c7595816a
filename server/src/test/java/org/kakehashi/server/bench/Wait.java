package org.kakehashi.server.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something is so, but not for ever. */
public final class Wait {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Wait() {}

  /**
   * @throws IllegalStateException if it does not become true in 40 s
   */
  public static void until(String what, BooleanSupplier condition) {
    if (!becomes(condition)) {
      throw new IllegalStateException("Not in " + PATIENCE.toSeconds() + " s: " + what);
    }
  }

  /** Whether it becomes true in 40 s. */
  public static boolean becomes(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(20_000_000);
    }
    return true;
  }
}
