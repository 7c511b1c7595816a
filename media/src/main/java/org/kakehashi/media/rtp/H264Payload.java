package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;

/** Looks into H.264 payloads, RFC 6184 §5. Stateless; any thread. */
public final class H264Payload {
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private H264Payload() {}

  /**
   * Whether a key frame begins in this packet: its sequence parameter set, or the first slice of an
   * IDR picture, as a NAL unit of its own, in a STAP-A, or as the first fragment of a FU-A.
   *
   * @param payload its readable bytes; indices stay. Any bytes do, malformed ones begin nothing
   */
  public static boolean startsKeyFrame(ByteBuf payload) {
    int at = payload.readerIndex();
    int end = payload.writerIndex();
    if (at >= end) {
      return false;
    }
    int type = payload.getByte(at) & 0x1F;
    if (type == STAP_A) {
      return aggregateStarts(payload, at + 1, end);
    }
    if (type == FU_A) {
      if (end - at < 3) {
        return false;
      }
      int header = payload.getUnsignedByte(at + 1);
      return (header & 0x80) != 0 && starts(header & 0x1F, payload.getByte(at + 2));
    }
    return end - at >= 2 && starts(type, payload.getByte(at + 1));
  }

  private static boolean aggregateStarts(ByteBuf payload, int from, int end) {
    int at = from;
    while (end - at >= 4) {
      int length = payload.getUnsignedShort(at);
      if (length < 2 || length > end - at - 2) {
        return false;
      }
      if (starts(payload.getByte(at + 2) & 0x1F, payload.getByte(at + 3))) {
        return true;
      }
      at += 2 + length;
    }
    return false;
  }

  private static boolean starts(int type, byte next) {
    // A slice header opens with first_mb_in_slice, ue(v): 0 is the single bit 1 (H.264 §7.3.3).
    return type == SPS || type == IDR && (next & 0x80) != 0;
  }
}
