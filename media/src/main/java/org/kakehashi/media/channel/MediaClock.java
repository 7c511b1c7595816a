package org.kakehashi.media.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * A session's one clock: ticks of 1/48000 s since the session started, monotonic. Every channel's
 * time, every recorded track and every journal entry is on it, so they are aligned by construction.
 *
 * <p>Thread: any; immutable apart from the time source passed in.
 */
public final class MediaClock {
  /** Ticks a second. */
  public static final int RATE = 48_000;

  private final LongSupplier nanoTime;
  private final long startNanos;
  private final Instant startedAt;

  /**
   * Starts a clock at tick 0 now.
   *
   * @param nanoTime a monotonic time source in nanoseconds, {@code System::nanoTime} outside tests
   * @param startedAt the wall-clock time of tick 0
   */
  public MediaClock(LongSupplier nanoTime, Instant startedAt) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.startedAt = startedAt;
  }

  /** The present time in ticks, at least 0. */
  public long now() {
    return ticks(nanoTime.getAsLong());
  }

  /** The tick at which the monotonic time source read {@code nanos}. */
  public long ticks(long nanos) {
    long elapsed = nanos - startNanos;
    // Split so that the product cannot overflow in a session of any length.
    return Math.floorDiv(elapsed, 1_000_000_000L) * RATE
        + Math.floorMod(elapsed, 1_000_000_000L) * RATE / 1_000_000_000L;
  }

  /** The time source itself, in nanoseconds; its zero has no meaning. */
  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** The wall-clock time of {@code ticks}; for NTP fields and program date-time. */
  public Instant wallTime(long ticks) {
    return startedAt.plus(duration(ticks));
  }

  /** How long {@code ticks} last, to the nanosecond below. */
  public static Duration duration(long ticks) {
    return Duration.ofSeconds(
        Math.floorDiv(ticks, (long) RATE),
        Math.floorMod(ticks, (long) RATE) * 1_000_000_000L / RATE);
  }

  /** How many ticks {@code duration} lasts, rounded down. */
  public static long ticksIn(Duration duration) {
    return duration.getSeconds() * RATE + duration.getNano() * (long) RATE / 1_000_000_000L;
  }
}
