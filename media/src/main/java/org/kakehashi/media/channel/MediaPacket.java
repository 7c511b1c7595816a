package org.kakehashi.media.channel;

import io.netty.buffer.ByteBuf;

/**
 * One RTP payload of a source, placed on the session's clock: a whole Opus packet, or one packet of
 * a video frame.
 *
 * <p>Ownership: the payload is reference-counted. Whoever calls {@link Source#publish} hands over
 * its reference; a {@link Sink} may read the packet during the call and must {@link #retain()} it
 * to keep it longer. Nobody writes to the payload or moves its indices: it is shared by all who
 * listen.
 *
 * @param payload the RTP payload in plain text, without header or padding
 * @param sequence the source's own count of packets, unwrapped to 64 bits; a gap is a loss
 * @param mediaTime when it is to be heard or seen, in ticks of the session's {@link MediaClock};
 *     equal for all packets of one video frame
 * @param marker the RTP marker bit: first packet of a talkspurt (audio), last of a frame (video)
 * @param keyFrame whether a decoder can start here: always for audio, at the first packet of a key
 *     frame (H.264: with its parameter sets before it or in it) for video
 * @param level the audio level in dBov, 0 loudest to -127 silence (RFC 6464); {@link #NO_LEVEL} if
 *     the source does not say
 */
public record MediaPacket(
    ByteBuf payload, long sequence, long mediaTime, boolean marker, boolean keyFrame, int level) {

  /** The level of a packet whose source does not report one. */
  public static final int NO_LEVEL = Integer.MIN_VALUE;

  /** Takes one more reference to the payload; returns this. */
  public MediaPacket retain() {
    payload.retain();
    return this;
  }

  /** Gives one reference to the payload back. */
  public void release() {
    payload.release();
  }
}
