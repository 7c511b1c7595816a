package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;

/** Protects what is sent to one peer, where it lies. On the peer's loop. */
interface Protection {
  /**
   * Protects the RTP packet that is {@code packet}'s readable bytes, and appends the tag.
   *
   * @return whether it may be sent; if not, it must not be
   */
  boolean rtp(ByteBuf packet, int ssrc);

  /** As {@link #rtp}, for a compound RTCP packet. */
  boolean rtcp(ByteBuf packet, int ssrc);

  /** Forgets the keys. */
  void close();
}
