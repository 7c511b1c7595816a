package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.kakehashi.media.recording.RecorderStatus;

/** What recorders do, over all sessions. Thread: the scrape's. */
public final class RecordingMetrics {
  private final MeterRegistry registry;
  private final Supplier<Map<String, RecorderStatus>> recorders;

  private RecordingMetrics(
      MeterRegistry registry, Supplier<Map<String, RecorderStatus>> recorders) {
    this.registry = registry;
    this.recorders = recorders;
  }

  /**
   * Registers with {@code registry}.
   *
   * @param recorders how each that runs is doing, by session
   */
  public static void register(
      MeterRegistry registry, Supplier<Map<String, RecorderStatus>> recorders) {
    RecordingMetrics metrics = new RecordingMetrics(registry, recorders);
    metrics.sum("recorders", "Sessions recorded now", status -> 1);
    metrics.sum(
        "bytes.per.second",
        "Written to disk, over the last minute",
        RecorderStatus::bytesPerSecond);
    metrics.sum("late", "Packets that came after their place was filled", RecorderStatus::late);
    metrics.sum("dropped", "Packets not recorded: too slow", RecorderStatus::dropped);
    metrics.sum("damaged", "Pictures left out: a part was lost", RecorderStatus::damaged);
    metrics.gauge(
        "free.bytes",
        "Free on the disk recordings are on; -1 while nothing is recorded",
        now -> now.mapToDouble(RecorderStatus::freeBytes).min().orElse(-1));
  }

  private void sum(String name, String description, ToDoubleFunction<RecorderStatus> value) {
    gauge(name, description, now -> now.mapToDouble(value).sum());
  }

  private void gauge(
      String name, String description, ToDoubleFunction<Stream<RecorderStatus>> value) {
    Gauge.builder(
            "kakehashi.recording." + name,
            recorders,
            source -> value.applyAsDouble(source.get().values().stream()))
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
