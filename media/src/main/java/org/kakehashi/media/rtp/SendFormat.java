package org.kakehashi.media.rtp;

import java.util.Map;
import org.kakehashi.media.channel.Codec;

/**
 * What was negotiated for an outgoing track.
 *
 * @param ssrc ours, unique in the peer connection
 * @param payloadTypes 0 to 127, for each codec the listener takes
 * @param extensions of which audio level, mid and transport-wide sequence number are written where
 *     negotiated, with identifiers up to {@link HeaderExtensions#MAX_ONE_BYTE_ID}
 * @param mid the m-line's identification, at most 16 bytes; may be empty
 * @param cname the same for all tracks of the peer that are to stay in sync, at most 255 bytes
 */
public record SendFormat(
    int ssrc,
    Map<Codec, Integer> payloadTypes,
    HeaderExtensions extensions,
    String mid,
    String cname) {
  /** Makes the payload types immutable. */
  public SendFormat {
    payloadTypes = Map.copyOf(payloadTypes);
  }
}
