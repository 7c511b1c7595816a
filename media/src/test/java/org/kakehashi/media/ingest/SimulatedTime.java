package org.kakehashi.media.ingest;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.kakehashi.media.channel.MediaClock;

/** Time that passes only when a player waits: minutes of a file are played in no time. */
final class SimulatedTime implements DeadlineWait {
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final MediaClock clock = new MediaClock(nanos::get, Instant.EPOCH);

  MediaClock clock() {
    return clock;
  }

  void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Override
  public void until(long deadlineNanos, MediaClock unused) {
    nanos.accumulateAndGet(deadlineNanos, Math::max);
  }
}
