package org.kakehashi.server.bench;

import io.netty.buffer.ByteBuf;

/**
 * What a payload says of itself: a valid Opus packet of 20 ms by its first byte (RFC 6716 section
 * 3.1) and of the size of speech at 64 kbit/s, with a number and a send time where sound would be.
 */
record Stamp(int number, long sentNanos) {
  private static final byte CELT_FULL_BAND_20_MS = (byte) 0xF8;
  private static final int RTP_HEADER = 12;
  private static final int LENGTH = 160;

  /** Appends it as an RTP payload. */
  void write(ByteBuf packet) {
    packet.writeByte(CELT_FULL_BAND_20_MS).writeInt(number).writeLong(sentNanos);
    packet.writeZero(LENGTH - 13);
  }

  /**
   * Whether an RTP packet bears one; the silence that fills a channel without a source does not.
   */
  static boolean isIn(ByteBuf packet) {
    return packet.readableBytes() == payload(packet) + LENGTH
        && packet.getByte(payload(packet)) == CELT_FULL_BAND_20_MS;
  }

  static Stamp read(ByteBuf packet) {
    int at = payload(packet) + 1;
    return new Stamp(packet.getInt(at), packet.getLong(at + 4));
  }

  /** Where the payload begins, behind an extension if there is one. */
  private static int payload(ByteBuf packet) {
    boolean extended = (packet.getByte(0) & 0x10) != 0;
    return extended ? RTP_HEADER + 4 + 4 * packet.getUnsignedShort(RTP_HEADER + 2) : RTP_HEADER;
  }
}
