package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What HLS players are sent, and how many they are. Through a cache only its own requests are seen.
 * Thread: any.
 */
public final class HlsMetrics {
  private static final long VIEWING = Duration.ofSeconds(15).toNanos();
  private static final int MAX_VIEWERS = 100_000;

  private final Map<Kind, Counter> requests = new EnumMap<>(Kind.class);
  private final Counter bytes;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongSupplier nanoTime;

  /** By session, address and browser: when last seen; the longest unseen first. */
  private final LinkedHashMap<String, Long> viewers = new LinkedHashMap<>(16, 0.75f, true);

  /** What is asked for. */
  public enum Kind {
    /** A playlist. */
    PLAYLIST,
    /** A whole segment. */
    SEGMENT,
    /** A part of one. */
    PART,
    /** An initialization section. */
    INIT,
    /** Captions, or a poster. */
    OTHER
  }

  /** Registers with {@code registry}. */
  public HlsMetrics(MeterRegistry registry, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (Kind kind : Kind.values()) {
      requests.put(
          kind,
          Counter.builder("kakehashi.hls.requests")
              .description("HLS requests answered with what they asked for")
              .tags(Tags.of("kind", kind.name().toLowerCase(Locale.ROOT)))
              .register(registry));
    }
    bytes =
        Counter.builder("kakehashi.hls.bytes")
            .description("Bytes of playlists and media sent")
            .register(registry);
    Gauge.builder("kakehashi.hls.waiting", waiting::get)
        .description("HLS requests that wait for what is not there yet")
        .register(registry);
    Gauge.builder("kakehashi.hls.viewers", this::viewers)
        .description("Players that asked for a playlist in the last 15 s")
        .register(registry);
  }

  /** Something was sent. */
  public void sent(Kind kind, long length) {
    Counter counter = requests.get(kind);
    if (counter != null) {
      counter.increment();
    }
    bytes.increment(length);
  }

  /** How many requests wait. */
  public AtomicInteger waiting() {
    return waiting;
  }

  /** A player asks for a playlist. */
  public void seen(String viewer) {
    synchronized (viewers) {
      viewers.put(viewer, nanoTime.getAsLong());
      if (viewers.size() > MAX_VIEWERS) {
        viewers.pollFirstEntry();
      }
    }
  }

  private int viewers() {
    long now = nanoTime.getAsLong();
    synchronized (viewers) {
      viewers.values().removeIf(seen -> now - seen > VIEWING);
      return viewers.size();
    }
  }
}
