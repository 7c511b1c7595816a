package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;

/**
 * What a packet is, by its first byte (RFC 7983 §7), and for media its second (RFC 5761 §4).
 *
 * <pre>
 *   [0..3] STUN   [20..63] DTLS   [128..191] RTP, or RTCP if the second byte is [192..223]
 * </pre>
 */
enum PacketKind {
  STUN,
  DTLS,
  RTP,
  RTCP,
  OTHER;

  static PacketKind of(ByteBuf packet) {
    int length = packet.readableBytes();
    if (length < 2) {
      return OTHER;
    }
    int first = packet.getUnsignedByte(packet.readerIndex());
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first >= 128 && first <= 191) {
      int second = packet.getUnsignedByte(packet.readerIndex() + 1);
      return second >= 192 && second <= 223 ? RTCP : RTP;
    }
    return OTHER;
  }
}
