package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kakehashi.media.channel.Codec;

/**
 * A media line that is accepted. One that is received has exactly one codec, so that its source has
 * one from the start.
 *
 * @param offered the line as offered
 * @param receive whether the offerer sends on it
 * @param send whether we send on it
 * @param formats best first
 * @param extensions header extensions agreed, by URI
 * @param rids the layers received, in the order offered; empty without simulcast
 */
public record AgreedMedia(
    OfferedMedia offered,
    boolean receive,
    boolean send,
    List<AgreedFormat> formats,
    Map<String, Integer> extensions,
    List<String> rids) {

  /** Copies the collections. */
  public AgreedMedia {
    formats = List.copyOf(formats);
    extensions = Map.copyOf(extensions);
    rids = List.copyOf(rids);
  }

  /** The payload type to send {@code codec} with. */
  public Optional<AgreedFormat> format(Codec codec) {
    return formats.stream().filter(f -> f.codec() == codec && !f.redundant()).findFirst();
  }

  /** The number of a header extension, 1 to 14; 0 if it is not agreed. */
  public int extension(String uri) {
    return extensions.getOrDefault(uri, 0);
  }
}
