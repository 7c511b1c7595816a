package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** What tests of streams are made of. */
final class Streams {
  static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  /** One 20 ms frame of CELT, full band, mono. */
  static final byte[] OPUS_20_MS = {(byte) 0xF8, 1, 2, 3};

  private Streams() {}

  /** A session clock whose time source stands at 0 ns: tests pass arrival times themselves. */
  static MediaClock clock() {
    return new MediaClock(() -> 0, START);
  }

  static Source source(String id, Codec codec) {
    return new Source(id, codec, clock());
  }

  static ByteBuf rtp(
      int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte... payload) {
    ByteBuf out = Unpooled.buffer();
    RtpPacket.writeHeader(out, false, marker, payloadType, sequence, timestamp, ssrc);
    return out.writeBytes(payload);
  }

  static RtpPacket view(ByteBuf packet) {
    RtpPacket view = new RtpPacket();
    if (view.read(packet) != Verdict.ACCEPTED) {
      throw new IllegalArgumentException("not RTP");
    }
    return view;
  }

  static MediaPacket sound(long sequence, long mediaTime) {
    return new MediaPacket(
        Unpooled.wrappedBuffer(OPUS_20_MS), sequence, mediaTime, false, true, -30);
  }

  static MediaPacket picture(long sequence, long mediaTime, boolean last) {
    return new MediaPacket(
        Unpooled.wrappedBuffer(new byte[] {0x10, 1, 2}),
        sequence,
        mediaTime,
        last,
        false,
        MediaPacket.NO_LEVEL);
  }

  static long ms(long milliseconds) {
    return milliseconds * 1_000_000L;
  }

  /** Session ticks in so many milliseconds. */
  static long ticks(long milliseconds) {
    return milliseconds * 48;
  }
}
