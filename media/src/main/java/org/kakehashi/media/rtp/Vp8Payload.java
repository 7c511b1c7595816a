package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Looks into VP8 payloads, RFC 7741 §4.2, §4.3. Stateless; any thread.
 *
 * <pre>
 *   |X|R|N|S|R| PID |   required
 *   |I|L|T|K|  RSV  |   if X
 *   |M| PictureID   |   if I; two bytes if M
 *   |  TL0PICIDX    |   if L
 *   |TID|Y| KEYIDX  |   if T or K
 * </pre>
 */
public final class Vp8Payload {
  private Vp8Payload() {}

  /**
   * Whether a key frame begins in this packet.
   *
   * @param payload its readable bytes; indices stay. Any bytes do, malformed ones begin nothing
   */
  public static boolean startsKeyFrame(ByteBuf payload) {
    int start = payload.readerIndex();
    int length = descriptorLength(payload);
    if (length < 0 || payload.writerIndex() - start <= length) {
      return false;
    }
    boolean startOfFrame = (payload.getByte(start) & 0x17) == 0x10;
    boolean interFrame = (payload.getByte(start + length) & 1) != 0;
    return startOfFrame && !interFrame;
  }

  /** The length of the payload descriptor in bytes, or -1 if the payload ends before it does. */
  public static int descriptorLength(ByteBuf payload) {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (start >= end) {
      return -1;
    }
    int at = start + 1;
    if ((payload.getByte(start) & 0x80) != 0) {
      if (at >= end) {
        return -1;
      }
      int flags = payload.getUnsignedByte(at++);
      if ((flags & 0x80) != 0) {
        if (at >= end) {
          return -1;
        }
        at += (payload.getByte(at) & 0x80) != 0 ? 2 : 1;
      }
      at += (flags & 0x40) != 0 ? 1 : 0;
      at += (flags & 0x30) != 0 ? 1 : 0;
    }
    return at <= end ? at - start : -1;
  }
}
