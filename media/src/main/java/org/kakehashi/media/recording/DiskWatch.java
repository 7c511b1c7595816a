package org.kakehashi.media.recording;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Watches how fast a disk fills: bytes a second over the last minute, and how long the free space
 * lasts at that rate. Thread: one writes, any read.
 */
public final class DiskWatch {
  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier free;
  private final long reserve;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile long freeBytes = -1;
  private volatile long bytesPerSecond;

  private record Sample(long nanos, long bytes) {}

  /**
   * @param free the free bytes, or negative if they cannot be told
   * @param reserve bytes that are not to be used up
   */
  public DiskWatch(LongSupplier free, long reserve) {
    this.free = free;
    this.reserve = reserve;
  }

  /**
   * Looks at the disk.
   *
   * @param nanos the monotonic time
   * @param bytesWritten in all
   */
  public void sample(long nanos, long bytesWritten) {
    freeBytes = free.getAsLong();
    samples.addLast(new Sample(nanos, bytesWritten));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long elapsed = nanos - first.nanos;
    if (elapsed > 0) {
      bytesPerSecond = Math.round((bytesWritten - first.bytes) * 1e9 / elapsed);
    }
  }

  /** Free bytes when last looked at; negative before that, or if they cannot be told. */
  public long freeBytes() {
    return freeBytes;
  }

  /** Bytes written a second over the last minute. */
  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** How long the free space lasts at the present rate, until the reserve; empty if unknown. */
  public Optional<Duration> left() {
    long rate = bytesPerSecond;
    long bytes = freeBytes;
    if (rate <= 0 || bytes < 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.max(0, bytes - reserve) / rate));
  }

  /** Whether the reserve is reached. */
  public boolean isFull() {
    long bytes = freeBytes;
    return bytes >= 0 && bytes < reserve;
  }
}
