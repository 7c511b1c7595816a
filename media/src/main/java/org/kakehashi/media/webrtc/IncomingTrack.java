package org.kakehashi.media.webrtc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;

/**
 * A media line on which a peer sends to us. Its packets come out of {@link #source}, or, where it
 * sends several sizes at once, out of that source's {@linkplain Source#layers layers}.
 */
public final class IncomingTrack {
  private final AgreedMedia media;
  private final List<IncomingLayer> layers;

  IncomingTrack(AgreedMedia media, String id, PeerPlan plan) {
    this.media = media;
    if (media.rids().isEmpty()) {
      this.layers = List.of(new IncomingLayer(this, media, id, "", plan));
      return;
    }
    List<IncomingLayer> sizes = new ArrayList<>();
    for (String rid : media.rids()) {
      sizes.add(new IncomingLayer(this, media, id + "-" + rid, rid, plan));
    }
    this.layers = List.copyOf(sizes);
    Source.areLayers(layers.stream().map(IncomingLayer::source).toList());
  }

  /**
   * Publishes on the peer's loop, from the first packet until the peer is closed. Any one of them
   * stands for all its layers.
   */
  public Source source() {
    return layers.getFirst().source();
  }

  /** The one codec the answer accepts on this line. */
  public Codec codec() {
    return source().codec();
  }

  /** The media line's identification (RFC 9143); empty if the offer has none. */
  public String mid() {
    return media.offered().mid();
  }

  AgreedMedia media() {
    return media;
  }

  List<IncomingLayer> layers() {
    return layers;
  }

  boolean isLayered() {
    return layers.size() > 1;
  }

  /** The layer called {@code rid}; null if there is none. */
  @Nullable IncomingLayer layer(String rid) {
    for (IncomingLayer layer : layers) {
      if (layer.rid().equals(rid)) {
        return layer;
      }
    }
    return null;
  }

  /** Whether {@code payloadType} is one of this line's. */
  boolean takes(int payloadType) {
    return media.formats().stream().anyMatch(format -> format.payloadType() == payloadType);
  }

  HeaderExtensions extensions() {
    return new HeaderExtensions(
        media.extension(HeaderExtensions.AUDIO_LEVEL_URI),
        media.extension(HeaderExtensions.TRANSPORT_SEQUENCE_URI),
        media.extension(HeaderExtensions.ABS_SEND_TIME_URI),
        media.extension(HeaderExtensions.MID_URI),
        media.extension(HeaderExtensions.RID_URI));
  }
}
