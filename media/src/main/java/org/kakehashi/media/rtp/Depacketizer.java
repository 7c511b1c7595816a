package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import org.kakehashi.media.channel.Codec;

/**
 * Puts a video frame together from RTP payloads that come in order. Thread: one at a time.
 *
 * <pre>
 *   add, add, add (marker) ─▶ isWhole? frame ─▶ clear
 * </pre>
 */
public sealed interface Depacketizer permits H264Depacketizer, Vp8Depacketizer {
  /** The most bytes a frame may have; a longer one is malformed. */
  int MAX_FRAME = 4 << 20;

  /** One for {@code codec}, which is a picture's. */
  static Depacketizer of(Codec codec) {
    return switch (codec) {
      case H264 -> new H264Depacketizer();
      case VP8 -> new Vp8Depacketizer();
      case OPUS -> throw new IllegalArgumentException("Opus is no picture");
    };
  }

  /**
   * Takes the frame's next payload. One that is malformed spoils the frame.
   *
   * @param payload its readable bytes; indices stay
   */
  void add(ByteBuf payload);

  /** Whether there is a frame to which nothing is missing, as far as its payloads tell. */
  boolean isWhole();

  /** The frame so far; a view that holds until {@link #clear}. */
  ByteBuf frame();

  /** Begins the next frame. */
  void clear();
}
