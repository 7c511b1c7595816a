package org.kakehashi.media.webrtc;

import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Source;

/** A media line on which a peer sends to us. Its packets come out of {@link #source}. */
public final class IncomingTrack {
  private final String mid;
  private final Source source;

  IncomingTrack(String mid, Source source) {
    this.mid = mid;
    this.source = source;
  }

  /** Publishes on the peer's loop, from the first packet until the peer is closed. */
  public Source source() {
    return source;
  }

  /** The one codec the answer accepts on this line. */
  public Codec codec() {
    return source.codec();
  }

  /** The media line's identification (RFC 9143). */
  public String mid() {
    return mid;
  }
}
