package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One payload type of a media line, with what {@code rtpmap}, {@code fmtp} and {@code rtcp-fb} say
 * of it.
 *
 * @param payloadType 0 to 127
 * @param encoding the encoding's name, in lower case
 * @param clockRate in Hz
 * @param channels 1 where none are given
 * @param parameters the format parameters, names in lower case
 * @param fmtp the format parameters as offered; empty if there are none
 * @param feedback the kinds of RTCP feedback offered for it, such as {@code nack pli}
 */
public record OfferedFormat(
    int payloadType,
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> parameters,
    String fmtp,
    List<String> feedback) {

  /** Copies the collections. */
  public OfferedFormat {
    parameters = Map.copyOf(parameters);
    feedback = List.copyOf(feedback);
  }

  boolean is(String name, int rate) {
    return encoding.equals(name) && clockRate == rate;
  }

  /** A parameter in lower case, or {@code otherwise}. */
  String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise).toLowerCase(Locale.ROOT);
  }
}
