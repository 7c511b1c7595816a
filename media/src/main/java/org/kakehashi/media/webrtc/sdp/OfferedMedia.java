package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import java.util.Map;

/**
 * A media line of an offer, understood.
 *
 * @param index its place among the media lines
 * @param kind {@code audio}, {@code video}, {@code application}…
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param rawFormats the formats as offered, for the line that refuses it
 * @param mid its identification; empty if it has none
 * @param usable whether it is RTP over DTLS, bundled, and not offered as refused
 * @param direction the offerer's
 * @param formats in the offerer's order of preference
 * @param extensions header extensions by URI, with the number offered
 * @param ssrcs the senders announced, without those that only repair others
 * @param rids the layers the offerer would send (RFC 8853), in the order offered; empty without
 *     simulcast
 * @param maxPacketMillis how much sound a packet may hold ({@code maxptime}, RFC 8866 §6.4), in ms
 */
public record OfferedMedia(
    int index,
    String kind,
    String protocol,
    List<String> rawFormats,
    String mid,
    boolean usable,
    Direction direction,
    List<OfferedFormat> formats,
    Map<String, Integer> extensions,
    List<Integer> ssrcs,
    List<String> rids,
    int maxPacketMillis) {

  /** What a packet of Opus may hold where the offer does not say (RFC 7587 §6.1), in ms. */
  static final int DEFAULT_MAX_PACKET_MILLIS = 120;

  /** Copies the collections. */
  public OfferedMedia {
    rawFormats = List.copyOf(rawFormats);
    formats = List.copyOf(formats);
    extensions = Map.copyOf(extensions);
    ssrcs = List.copyOf(ssrcs);
    rids = List.copyOf(rids);
  }

  /** Whether it is sound. */
  public boolean isAudio() {
    return kind.equals("audio");
  }
}
