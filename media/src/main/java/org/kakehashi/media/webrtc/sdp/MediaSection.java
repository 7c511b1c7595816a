package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A media line and the attributes under it.
 *
 * @param media {@code audio}, {@code video}, {@code application}…
 * @param port as offered; 0 for a line that is not used
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats payload types, or whatever the protocol has in their place
 * @param attributes in their order
 */
public record MediaSection(
    String media, int port, String protocol, List<String> formats, List<SdpAttribute> attributes) {

  /** Copies the lists. */
  public MediaSection {
    formats = List.copyOf(formats);
    attributes = List.copyOf(attributes);
  }

  /** The values of the attributes called {@code name}, in their order. */
  public Stream<String> values(String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
  }

  /** The first attribute called {@code name}. */
  public Optional<String> value(String name) {
    return values(name).findFirst();
  }

  /** Whether there is an attribute called {@code name}. */
  public boolean has(String name) {
    return value(name).isPresent();
  }
}
