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
  private static final int AT_ONCE = 32;
  private static final int CHECKS = 20;
  private static final int CHECK_MILLIS = 100;
  private static final long PATIENCE_SECONDS = 180;

  /**
   * Lets {@code count} more in and waits until they all hear something.
   *
   * @param perSecond how many a second; 0 for as many as can
   * @return how long that took, in seconds
   */
  double open(int count, int perSecond) {
    return through(count, perSecond, false);
  }

  /** Lets {@code count} in one after the other, each of whom goes once they heard something. */
  double revolve(int count) {
    return through(count, 0, true);
  }

  private double through(int count, int perSecond, boolean leave) {
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
                come(attendee, channel);
                if (leave) {
                  crowd.leave(attendee);
                }
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

  private void come(Attendee attendee, int channel) {
    target.join(attendee, channel);
    for (int tries = 0; tries < CHECKS && !attendee.hears(CHECK_MILLIS); tries++) {
      if (target.isLite() && attendee.isWaiting()) {
        attendee.check(); // The first one was lost, or its answer.
      }
    }
    long unused = attendee.heard().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static void await(long until) {
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
