package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import org.kakehashi.media.channel.Codec;

/**
 * A payload type both sides use.
 *
 * @param payloadType 0 to 127, as offered
 * @param codec what it carries; for RED, what it carries redundantly
 * @param redundant whether it is RED (RFC 2198) around the codec
 * @param rtpmap as it stands in SDP, after the payload type
 * @param fmtp the answer's format parameters; empty for none
 * @param feedback the kinds of RTCP feedback agreed for it
 */
public record AgreedFormat(
    int payloadType,
    Codec codec,
    boolean redundant,
    String rtpmap,
    String fmtp,
    List<String> feedback) {

  /** Copies the list. */
  public AgreedFormat {
    feedback = List.copyOf(feedback);
  }
}
