package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A view of one RTP packet, RFC 3550 §5.1:
 *
 * <pre>
 *    0               1               2               3
 *   |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *   |                           timestamp                           |
 *   |                             SSRC                              |
 *   |                     CSRC × CC, extension if X                 |
 *   |                 payload, then padding if P                    |
 * </pre>
 *
 * <p>The view is used again for the next packet, so that reading allocates nothing: nothing it says
 * holds after the next {@link #read}. It takes no reference to the buffer. Thread: one at a time,
 * the media loop's.
 */
public final class RtpPacket {
  /** Length of a header without CSRC and extension, in bytes. */
  public static final int HEADER_LENGTH = 12;

  private static final int ONE_BYTE = 0xBEDE;
  private static final int TWO_BYTE = 0x1000;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int start;
  private int extensionStart;
  private int extensionEnd;
  private int extensionProfile;
  private int payloadStart;
  private int payloadEnd;
  private int foundLength;

  /**
   * Looks at the readable bytes of {@code packet} and checks them as RFC 3550 A.1 asks.
   *
   * @param packet one decrypted packet; its indices stay where they are
   * @return {@link Verdict#ACCEPTED}, or why this is no RTP packet; then the view must not be used
   */
  public Verdict read(ByteBuf packet) {
    int first = packet.readerIndex();
    int end = packet.writerIndex();
    if (end - first < HEADER_LENGTH) {
      return Verdict.TRUNCATED;
    }
    int flags = packet.getUnsignedByte(first);
    if (flags >> 6 != 2) {
      return Verdict.WRONG_VERSION;
    }
    int at = first + HEADER_LENGTH + 4 * (flags & 0x0F);
    if (at > end) {
      return Verdict.TRUNCATED;
    }
    int profile = 0;
    int extensionFrom = at;
    if ((flags & 0x10) != 0) {
      if (end - at < 4) {
        return Verdict.BAD_EXTENSION;
      }
      profile = packet.getUnsignedShort(at);
      extensionFrom = at + 4;
      at = extensionFrom + 4 * packet.getUnsignedShort(at + 2);
      if (at > end) {
        return Verdict.BAD_EXTENSION;
      }
    }
    int padding = 0;
    if ((flags & 0x20) != 0) {
      padding = at < end ? packet.getUnsignedByte(end - 1) : 0;
      if (padding == 0 || padding > end - at) {
        return Verdict.BAD_PADDING;
      }
    }
    buffer = packet;
    start = first;
    extensionProfile = profile;
    extensionStart = extensionFrom;
    extensionEnd = at;
    payloadStart = at;
    payloadEnd = end - padding;
    return Verdict.ACCEPTED;
  }

  /** The marker bit. */
  public boolean marker() {
    return (buffer.getByte(start + 1) & 0x80) != 0;
  }

  /** The payload type, 0 to 127. */
  public int payloadType() {
    return buffer.getByte(start + 1) & 0x7F;
  }

  /** The sequence number, 0 to 65535. */
  public int sequence() {
    return buffer.getUnsignedShort(start + 2);
  }

  /** The timestamp in units of the codec's clock, 32 bits. */
  public int timestamp() {
    return buffer.getInt(start + 4);
  }

  /** The synchronisation source, 32 bits. */
  public int ssrc() {
    return buffer.getInt(start + 8);
  }

  /** Length of the payload without padding, in bytes; 0 for a bandwidth probe. */
  public int payloadLength() {
    return payloadEnd - payloadStart;
  }

  /** Where the payload starts, as an index of the buffer that was read. */
  public int payloadStart() {
    return payloadStart;
  }

  /** The payload without padding, sharing the buffer that was read; the caller releases it. */
  public ByteBuf retainedPayload() {
    return buffer.retainedSlice(payloadStart, payloadEnd - payloadStart);
  }

  /** The buffer that was read last; not retained. */
  public ByteBuf buffer() {
    return buffer;
  }

  /**
   * Finds a header extension element, in the one-byte or the two-byte form of RFC 8285 §4.2, §4.3.
   *
   * @param id the local identifier, 1 to 255
   * @return the index of the element's data in {@link #buffer()}, or -1 where there is none; its
   *     length is then {@link #extensionLength()}
   */
  public int findExtension(int id) {
    if (id > 0 && extensionProfile == ONE_BYTE) {
      return findOneByte(id);
    }
    if (id > 0 && (extensionProfile & 0xFFF0) == TWO_BYTE) {
      return findTwoByte(id);
    }
    return -1;
  }

  /** The length of the element that {@link #findExtension} found last, in bytes; may be 0. */
  public int extensionLength() {
    return foundLength;
  }

  private int findOneByte(int id) {
    int at = extensionStart;
    while (at < extensionEnd) {
      int head = buffer.getUnsignedByte(at++);
      if (head == 0) {
        continue; // Padding.
      }
      int elementId = head >> 4;
      int length = (head & 0x0F) + 1;
      if (elementId == 15 || at + length > extensionEnd) {
        return -1; // 15 ends processing (§4.2); a length beyond the end is not ours to guess at.
      }
      if (elementId == id) {
        foundLength = length;
        return at;
      }
      at += length;
    }
    return -1;
  }

  private int findTwoByte(int id) {
    int at = extensionStart;
    while (at < extensionEnd) {
      int elementId = buffer.getUnsignedByte(at++);
      if (elementId == 0) {
        continue; // Padding.
      }
      if (at >= extensionEnd) {
        return -1;
      }
      int length = buffer.getUnsignedByte(at++);
      if (at + length > extensionEnd) {
        return -1;
      }
      if (elementId == id) {
        foundLength = length;
        return at;
      }
      at += length;
    }
    return -1;
  }

  /**
   * Writes a header without CSRC at the writer index of {@code out}.
   *
   * @param extended whether a header extension follows; see {@link HeaderExtensions}
   */
  public static void writeHeader(
      ByteBuf out,
      boolean extended,
      boolean marker,
      int payloadType,
      int sequence,
      int timestamp,
      int ssrc) {
    out.writeByte(extended ? 0x90 : 0x80);
    out.writeByte((marker ? 0x80 : 0) | (payloadType & 0x7F));
    out.writeShort(sequence);
    out.writeInt(timestamp);
    out.writeInt(ssrc);
  }
}
