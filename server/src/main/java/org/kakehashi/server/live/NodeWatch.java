package org.kakehashi.server.live;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.kakehashi.media.webrtc.WebRtcStats;

/**
 * What is said of the node to the desk: at once when listeners begin to be refused or packed, or no
 * longer are; every ten seconds of the figures. Thread: the session's.
 */
final class NodeWatch {
  private static final long FIGURES_EVERY = Duration.ofSeconds(10).toNanos();

  private final Supplier<WebRtcStats.Load> load;
  private final LongSupplier nanoTime;
  private Message.Node said;
  private long saidAt;

  NodeWatch(Supplier<WebRtcStats.Load> load, LongSupplier nanoTime) {
    this.load = load;
    this.nanoTime = nanoTime;
    this.said = now();
    this.saidAt = nanoTime.getAsLong();
  }

  /** Looks at the node; once a second. */
  void look() {
    Message.Node now = now();
    long nanos = nanoTime.getAsLong();
    boolean turned = now.full() != said.full() || now.packed() > 0 != said.packed() > 0;
    if (turned || nanos - saidAt >= FIGURES_EVERY) {
      said = now;
      saidAt = nanos;
    }
  }

  /** How it stands, as was last said. */
  Message.Node status() {
    return said;
  }

  private Message.Node now() {
    WebRtcStats.Load now = load.get();
    return new Message.Node((int) Math.round(now.share() * 100), now.packedListeners(), now.full());
  }
}
