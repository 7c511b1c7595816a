package org.kakehashi.media.webrtc;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a port counts. Any thread. */
final class PortCounters {
  private final LongAdder packetsIn = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder packetsOut = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final Map<DropReason, LongAdder> drops = adders(DropReason.class);
  private final Map<CloseReason, LongAdder> closed = adders(CloseReason.class);
  private final Map<OfferRejected.Reason, LongAdder> rejected = adders(OfferRejected.Reason.class);
  private final LongAdder answered = new LongAdder();
  private final LongAdder handshakesSucceeded = new LongAdder();
  private final LongAdder handshakesFailed = new LongAdder();
  private final AtomicInteger handshakesRunning = new AtomicInteger();

  void received(int bytes) {
    packetsIn.increment();
    bytesIn.add(bytes);
  }

  void sent(int packets, long bytes) {
    packetsOut.add(packets);
    bytesOut.add(bytes);
  }

  void dropped(DropReason reason) {
    counter(drops, reason).increment();
  }

  void closed(CloseReason reason) {
    counter(closed, reason).increment();
  }

  void rejected(OfferRejected.Reason reason) {
    counter(rejected, reason).increment();
  }

  void answered() {
    answered.increment();
  }

  void handshakeBegan() {
    handshakesRunning.incrementAndGet();
  }

  void handshakeSucceeded() {
    handshakesRunning.decrementAndGet();
    handshakesSucceeded.increment();
  }

  void handshakeFailed() {
    handshakesRunning.decrementAndGet();
    handshakesFailed.increment();
  }

  /** Offers answered and handshakes begun. */
  long steps() {
    long handshakes = handshakesRunning.get() + handshakesSucceeded.sum() + handshakesFailed.sum();
    return answered.sum() + handshakes;
  }

  /** For {@link WebRtcStats}; what is not counted here is passed in. */
  WebRtcStats snapshot(Map<String, Integer> peers, int tcpConnections, WebRtcStats.Load load) {
    return new WebRtcStats(
        packetsIn.sum(),
        bytesIn.sum(),
        packetsOut.sum(),
        bytesOut.sum(),
        sums(drops),
        peers,
        sums(closed),
        sums(rejected),
        handshakesSucceeded.sum(),
        handshakesFailed.sum(),
        handshakesRunning.get(),
        tcpConnections,
        load);
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E each : type.getEnumConstants()) {
      adders.put(each, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> LongAdder counter(Map<E, LongAdder> adders, E which) {
    LongAdder adder = adders.get(which);
    if (adder == null) {
      throw new IllegalStateException("every value has its counter");
    }
    return adder;
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
    Map<E, Long> sums = new java.util.HashMap<>();
    adders.forEach((which, adder) -> sums.put(which, adder.sum()));
    return sums;
  }
}
