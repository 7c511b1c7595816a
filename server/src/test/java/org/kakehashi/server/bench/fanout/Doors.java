package org.kakehashi.server.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

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
    crowd.check(target.isLite());
    return through(count, perSecond, channel -> crowd.add(), this::come);
  }

  /** Lets {@code count} in one after the other, each of whom goes once they heard something. */
  double revolve(int count) {
    crowd.check(target.isLite());
    return through(
        count,
        0,
        channel -> crowd.add(),
        (attendee, channel) -> {
          come(attendee, channel);
          crowd.leave(attendee);
        });
  }

  /** Has {@code count} offers answered, of listeners who stay outside until they are let in. */
  List<Attendee> offers(int count, Kakehashi to) {
    crowd.check(false);
    List<Attendee> outside = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outside.add(crowd.add());
    }
    each(count, 0, outside::get, to::offer).join();
    return outside;
  }

  /**
   * Lets those in whose offers are answered, each of whom goes once they heard something.
   *
   * @return how long that took, in seconds
   */
  double enter(List<Attendee> outside) {
    return through(
        outside.size(),
        0,
        outside::get,
        (attendee, channel) -> {
          attendee.check();
          hear(attendee);
          crowd.leave(attendee);
        });
  }

  private double through(
      int count, int perSecond, IntFunction<Attendee> who, ObjIntConsumer<Attendee> way) {
    long start = System.nanoTime();
    List<CompletableFuture<Long>> heard = new ArrayList<>();
    CompletableFuture<Void> all =
        each(
            count,
            perSecond,
            number -> {
              Attendee attendee = who.apply(number);
              heard.add(attendee.heard());
              return attendee;
            },
            way);
    all.join();
    long last = heard.stream().mapToLong(CompletableFuture::join).max().orElse(start);
    return (last - start) / 1e9;
  }

  /** Done when all have gone this way, a few at a time. */
  private CompletableFuture<Void> each(
      int count, int perSecond, IntFunction<Attendee> who, ObjIntConsumer<Attendee> way) {
    Semaphore door = new Semaphore(AT_ONCE);
    long start = System.nanoTime();
    List<CompletableFuture<Void>> gone = new ArrayList<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i;
        Attendee attendee = who.apply(number);
        if (perSecond > 0) {
          await(start + number * 1_000_000_000L / perSecond);
        } else {
          door.acquireUninterruptibly();
        }
        gone.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    way.accept(attendee, number);
                  } finally {
                    door.release();
                  }
                },
                each));
      }
    }
    return CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new));
  }

  private void come(Attendee attendee, int channel) {
    target.join(attendee, channel);
    hear(attendee);
  }

  private void hear(Attendee attendee) {
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
