package org.kakehashi.server.live;

import java.util.function.LongSupplier;

/** How many messages a socket may still send now: a bucket that fills steadily. Thread: any. */
final class RequestRate {
  private final LongSupplier nanoTime;
  private final double perNano;
  private final double capacity;
  private double tokens;
  private long lastNanos;

  RequestRate(LiveLimits limits, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.perNano = limits.requestsPerSecond() / 1e9;
    this.capacity = limits.requestBurst();
    this.tokens = capacity;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** Takes one; false if there is none. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(capacity, tokens + (now - lastNanos) * perNano);
    lastNanos = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
