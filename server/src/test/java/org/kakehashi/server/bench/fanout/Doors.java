package org.kakehashi.server.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets listeners in: all at once, or so many a second. */
record Doors(Target target, Crowd crowd) {
  private static final int AT_ONCE = 16;
  private static final long PATIENCE_SECONDS = 180;

  /**
   * Lets {@code count} more in and waits until they all hear something.
   *
   * @param perSecond how many a second; 0 for as many as can
   * @return how long that took, in seconds
   */
  double open(int count, int perSecond) {
    crowd.check(target.isLite());
    Semaphore door = new Semaphore(AT_ONCE);
    long start = System.nanoTime();
    List<CompletableFuture<Long>> heard = new ArrayList<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        Attendee attendee = crowd.add();
        heard.add(attendee.heard());
        int channel = i;
        if (perSecond > 0) {
          await(start + i * 1_000_000_000L / perSecond);
        } else {
          door.acquireUninterruptibly();
        }
        each.execute(
            () -> {
              try {
                target.join(attendee, channel);
                for (int tries = 0; tries < 20 && attendee.isWaiting(); tries++) {
                  LockSupport.parkNanos(100_000_000);
                  if (target.isLite() && attendee.isWaiting()) {
                    attendee.check();
                  }
                }
                attendee.heard().join();
              } catch (RuntimeException failed) {
                attendee.heard().completeExceptionally(failed);
              } finally {
                door.release();
              }
            });
      }
    }
    CompletableFuture.allOf(heard.toArray(CompletableFuture<?>[]::new))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
    long last = heard.stream().mapToLong(CompletableFuture::join).max().orElse(start);
    return (last - start) / 1e9;
  }

  private static void await(long until) {
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
