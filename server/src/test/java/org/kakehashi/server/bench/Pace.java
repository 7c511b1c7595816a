package org.kakehashi.server.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Does something at a steady pace; what was late is made up for at once. */
public final class Pace {
  private Pace() {}

  /** On this thread, {@code times} times. */
  public static void every(Duration period, int times, IntConsumer action) {
    int[] left = {times};
    every(period, () -> left[0]-- > 0, action);
  }

  /** On this thread, for as long as {@code on}. The action is given 0, 1, 2… */
  public static void every(Duration period, BooleanSupplier on, IntConsumer action) {
    long start = System.nanoTime();
    for (int i = 0; on.getAsBoolean(); i++) {
      long due = start + i * period.toNanos();
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      action.accept(i);
    }
  }
}
