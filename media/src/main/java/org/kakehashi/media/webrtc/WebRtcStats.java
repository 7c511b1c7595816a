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
 * @param load how much the media loops have to do
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
    Load load) {

  /**
   * How much the media loops have to do.
   *
   * @param lag the longest time in the last 10 s by which a loop was late for its ticker
   * @param share of its thread that the busiest loop used in the last second, 0 to 1
   * @param capacity packets a second all loops could send, by what they send; 0 if too few to tell
   * @param inbox packets on their way from one loop to another
   * @param packedListeners listeners that get several frames of sound in a packet
   * @param full whether mere listeners are refused, because one more would be at the cost of the
   *     others
   */
  public record Load(
      Duration lag, double share, double capacity, int inbox, int packedListeners, boolean full) {}

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
