package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole description, taken apart but not yet understood.
 *
 * @param attributes those before the first media line
 * @param media the media lines, in their order
 */
public record SessionDescription(List<SdpAttribute> attributes, List<MediaSection> media) {

  /** Copies the lists. */
  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
  }

  /** The values of the session's attributes called {@code name}. */
  public Stream<String> values(String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
  }

  /** An attribute of a media line, or else the session's of that name. */
  public Optional<String> value(MediaSection section, String name) {
    return section.value(name).or(() -> values(name).findFirst());
  }
}
