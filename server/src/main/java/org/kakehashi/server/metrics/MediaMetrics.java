package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.DropReason;
import org.kakehashi.media.webrtc.OfferRejected;
import org.kakehashi.media.webrtc.WebRtcStats;

/** What the media port did and holds, read when it is asked for. Thread: the scrape's. */
public final class MediaMetrics {
  private final MeterRegistry registry;
  private final Supplier<WebRtcStats> stats;

  private MediaMetrics(MeterRegistry registry, Supplier<WebRtcStats> stats) {
    this.registry = registry;
    this.stats = stats;
  }

  /**
   * Registers with {@code registry}.
   *
   * @param stats the port's counters now; cheap
   */
  public static void register(MeterRegistry registry, Supplier<WebRtcStats> stats) {
    new MediaMetrics(registry, stats).register();
  }

  private void register() {
    counter("packets", "Datagrams and TCP frames", WebRtcStats::packetsIn, tag("direction", "in"));
    counter(
        "packets", "Datagrams and TCP frames", WebRtcStats::packetsOut, tag("direction", "out"));
    counter("bytes", "Their payload", WebRtcStats::bytesIn, tag("direction", "in"));
    counter("bytes", "Their payload", WebRtcStats::bytesOut, tag("direction", "out"));
    for (DropReason reason : DropReason.values()) {
      counter(
          "drops",
          "Packets dropped, by reason",
          now -> now.dropped(reason),
          tag("reason", reason.label()));
    }
    for (CloseReason reason : CloseReason.values()) {
      counter(
          "peers.closed",
          "Media connections ended, by reason",
          now -> now.closed().getOrDefault(reason, 0L),
          tag("reason", reason.label()));
    }
    for (OfferRejected.Reason reason : OfferRejected.Reason.values()) {
      counter(
          "offers.rejected",
          "Offers that could not be answered, by reason",
          now -> now.offersRejected().getOrDefault(reason, 0L),
          tag("reason", reason.label()));
    }
    counter(
        "handshakes",
        "DTLS handshakes ended",
        WebRtcStats::handshakesSucceeded,
        tag("outcome", "keys"));
    counter(
        "handshakes",
        "DTLS handshakes ended",
        WebRtcStats::handshakesFailed,
        tag("outcome", "failed"));
    gauge("handshakes.running", "DTLS handshakes under way", WebRtcStats::handshakesRunning);
    gauge("tcp.connections", "TCP connections open", WebRtcStats::tcpConnections);
    gauge(
        "loop.lag.seconds",
        "The longest a media loop was late in the last 10 s",
        now -> now.load().lag().toNanos() / 1e9);
    gauge(
        "loop.share",
        "The share of its thread that the busiest media loop used in the last second",
        now -> now.load().share());
    gauge(
        "loop.inbox",
        "Packets on their way from one media loop to another",
        now -> now.load().inbox());
    gauge(
        "capacity.packets",
        "Packets a second the media loops could send; 0 while they send too few to tell",
        now -> now.load().capacity());
    gauge(
        "listeners.packed",
        "Listeners that get several frames of sound in a packet",
        now -> now.load().packedListeners());
    for (String state : List.of("awaiting", "securing", "connected")) {
      gauge(
          "peers",
          "Media connections, by state",
          now -> now.peers().getOrDefault(state, 0),
          tag("state", state));
    }
  }

  private void counter(
      String name, String description, ToDoubleFunction<WebRtcStats> value, Tag... tags) {
    FunctionCounter.builder(
            "kakehashi.media." + name, stats, source -> value.applyAsDouble(source.get()))
        .description(description)
        .tags(List.of(tags))
        .register(registry);
  }

  private void gauge(
      String name, String description, ToDoubleFunction<WebRtcStats> value, Tag... tags) {
    Gauge.builder("kakehashi.media." + name, stats, source -> value.applyAsDouble(source.get()))
        .description(description)
        .tags(List.of(tags))
        .strongReference(true)
        .register(registry);
  }

  private static Tag tag(String key, String value) {
    return Tag.of(key, value);
  }
}
