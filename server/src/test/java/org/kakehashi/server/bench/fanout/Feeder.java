package org.kakehashi.server.bench.fanout;

import java.util.concurrent.locks.LockSupport;

/** Feeds a server every 20 ms until it is closed. */
final class Feeder implements AutoCloseable {
  private static final long FRAME = 20_000_000;

  private final Target target;
  private final Thread thread;
  private volatile boolean on = true;

  Feeder(Target target) {
    this.target = target;
    thread = Thread.ofPlatform().name("feed").start(this::run);
  }

  private void run() {
    Native.first();
    long start = System.nanoTime();
    for (long i = 0; on; i++) {
      long due = start + i * FRAME;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      target.feed();
    }
  }

  @Override
  public void close() {
    on = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
