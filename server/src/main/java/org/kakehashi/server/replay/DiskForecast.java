package org.kakehashi.server.replay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kakehashi.media.recording.RecorderStatus;

/**
 * How long the disk lasts: all sessions write to the same one, so their rates add up. Thread: any.
 */
public final class DiskForecast {
  private final long reserve;
  private final Map<String, RecorderStatus> bySession = new ConcurrentHashMap<>();

  /**
   * @param reserve bytes that stay free
   */
  public DiskForecast(long reserve) {
    this.reserve = reserve;
  }

  /** What a session's recorder says now. */
  void note(String session, RecorderStatus now) {
    bySession.put(session, now);
  }

  /** A session is not recorded any more. */
  void forget(String session) {
    bySession.remove(session);
  }

  /** What the recorders say, by session. */
  public Map<String, RecorderStatus> recorders() {
    return Map.copyOf(bySession);
  }

  /** Until the reserve is reached, at the present rate of all; empty if that cannot be told. */
  Optional<Duration> left() {
    long rate = bySession.values().stream().mapToLong(RecorderStatus::bytesPerSecond).sum();
    long free =
        bySession.values().stream()
            .mapToLong(RecorderStatus::freeBytes)
            .filter(b -> b >= 0)
            .min()
            .orElse(-1);
    return rate <= 0 || free < 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.max(0, free - reserve) / rate));
  }
}
