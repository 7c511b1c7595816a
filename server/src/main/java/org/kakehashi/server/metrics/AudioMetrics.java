package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.kakehashi.media.audio.AudioTicker;

/** How the one thread that mixes keeps its time. Thread: the scrape's. */
public final class AudioMetrics {
  private AudioMetrics() {}

  /** Registers with {@code registry}. */
  public static void register(MeterRegistry registry, AudioTicker ticker) {
    counter(registry, ticker, "ticks", "20 ms ticks done", AudioTicker::ticks);
    counter(registry, ticker, "overruns", "Ticks that took too long", AudioTicker::overruns);
    counter(registry, ticker, "skipped", "Ticks left out to catch up", AudioTicker::skipped);
    counter(registry, ticker, "failures", "Ticks in which a mixer failed", AudioTicker::failures);
    counter(registry, ticker, "busy.seconds", "Time spent mixing", now -> now.busyNanos() / 1e9);
  }

  private static void counter(
      MeterRegistry registry,
      AudioTicker ticker,
      String name,
      String description,
      ToDoubleFunction<AudioTicker> value) {
    FunctionCounter.builder("kakehashi.audio." + name, ticker, value)
        .description(description)
        .register(registry);
  }
}
