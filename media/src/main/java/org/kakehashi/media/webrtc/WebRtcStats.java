package org.kakehashi.media.webrtc;

import java.time.Duration;
import java.util.Map;

/**
 * What a port has done since it was opened, and holds now. A snapshot: counters only grow from one
 * to the next.
 *
 * @param packetsIn datagrams and TCP frames received
 * @param bytesIn their payload bytes
 * @param packetsOut datagrams and TCP frames sent
 * @param bytesOut their payload bytes
 * @param drops packets dropped, by reason; every reason is present
 * @param peers peers held now, by {@link PeerState#label}; {@code closed} is never among them
 * @param closed peers ended, by reason; every reason is present
 * @param offersRejected offers rejected, by reason; every reason is present
 * @param handshakesSucceeded DTLS handshakes that led to keys
 * @param handshakesFailed DTLS handshakes that did not
 * @param handshakesRunning DTLS handshakes under way now
 * @param tcpConnections TCP connections open now
 * @param loopLag the longest time in the last 10 s by which a media loop was late for its ticker
 */
public record WebRtcStats(
    long packetsIn,
    long bytesIn,
    long packetsOut,
    long bytesOut,
    Map<DropReason, Long> drops,
    Map<String, Integer> peers,
    Map<CloseReason, Long> closed,
    Map<OfferRejected.Reason, Long> offersRejected,
    long handshakesSucceeded,
    long handshakesFailed,
    int handshakesRunning,
    int tcpConnections,
    Duration loopLag) {

  /** Makes the maps immutable. */
  public WebRtcStats {
    drops = Map.copyOf(drops);
    peers = Map.copyOf(peers);
    closed = Map.copyOf(closed);
    offersRejected = Map.copyOf(offersRejected);
  }

  /** Packets dropped for {@code reason}. */
  public long dropped(DropReason reason) {
    return drops.getOrDefault(reason, 0L);
  }
}
