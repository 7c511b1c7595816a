package org.kakehashi.server.bench.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.kakehashi.media.rtp.RtpPacket;

/** RTP packets with the time of sending in them: what a server is fed. */
final class StampedPackets {
  /** With a header of 12 bytes and a tag of 16 a datagram of 122, as a study measured. */
  static final int SOUND = 94;

  private static final byte CELT_FULL_BAND_20_MS = (byte) 0xF8;

  private StampedPackets() {}

  /** A packet of 20 ms of sound. */
  static ByteBuf sound(int payloadType, int number, int ssrc) {
    ByteBuf packet = Unpooled.buffer(256);
    RtpPacket.writeHeader(
        packet, false, number == 0, payloadType, number & 0xFFFF, number * 960, ssrc);
    packet.writeByte(CELT_FULL_BAND_20_MS).writeLong(now());
    return packet.writeZero(SOUND - 9);
  }

  /**
   * A packet of a VP8 picture.
   *
   * @param size of its payload in bytes
   */
  static ByteBuf picture(
      int payloadType,
      int number,
      int timestamp,
      int ssrc,
      boolean begins,
      boolean key,
      boolean ends,
      int size) {
    ByteBuf packet = Unpooled.buffer(size + 64);
    RtpPacket.writeHeader(packet, false, ends, payloadType, number & 0xFFFF, timestamp, ssrc);
    packet.writeByte(begins ? 0x10 : 0).writeLong(0);
    if (begins) {
      packet.setByte(packet.writerIndex() - 8, key ? 0x10 : 0x11);
    }
    return packet.writeZero(size - 9);
  }

  /**
   * Where in an opened packet of sound the time of its last frame is; the packets that several were
   * packed into have it too (RFC 6716, section 3.2).
   *
   * @param payload where the payload begins
   * @return 0 if there is none, as in the silence of an empty channel
   */
  static int stamp(ByteBuf packet, int payload, int length) {
    int frame = SOUND - 1;
    int frames =
        switch (packet.getByte(payload) - CELT_FULL_BAND_20_MS) {
          case 0 -> 1;
          case 1 -> 2;
          case 3 -> packet.getByte(payload + 1);
          default -> 0;
        };
    int head = frames > 2 ? 2 : 1;
    boolean whole = frames > 0 && length == payload + head + frames * frame;
    return whole ? payload + head + (frames - 1) * frame : 0;
  }

  /** Nanoseconds since 1970. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
