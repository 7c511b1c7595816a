package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;

/** A stream to a listener, and what it writes as the listener reads it. */
final class SentStream {
  static final int SSRC = 0xCAFE_F00D;

  final SendStream stream = stream(HeaderExtensions.NONE);

  record Sent(int sequence, int timestamp, boolean marker, int payloadType) {}

  static SendStream stream(HeaderExtensions extensions) {
    return new SendStream(
        new SendFormat(SSRC, Map.of(Codec.OPUS, 111, Codec.VP8, 96), extensions, "0", "listener"),
        Streams.clock(),
        new Random(1));
  }

  Sent send(Source from, MediaPacket packet) {
    ByteBuf out = Unpooled.buffer();
    assertThat(stream.write(from, packet, out)).isTrue();
    RtpPacket view = Streams.view(out);
    assertThat(view.ssrc()).isEqualTo(SSRC);
    assertThat(view.retainedPayload()).isEqualTo(packet.payload());
    return new Sent(view.sequence(), view.timestamp(), view.marker(), view.payloadType());
  }

  /** Returns whether padding could be written now. */
  boolean pad(int length) {
    ByteBuf out = Unpooled.buffer();
    boolean written = stream.writePadding(length, out);
    if (written) {
      RtpPacket view = Streams.view(out);
      assertThat(view.payloadLength()).isZero();
      assertThat(out.readableBytes()).isEqualTo(RtpPacket.HEADER_LENGTH + length);
    }
    return written;
  }

  static SenderReport report(SendStream stream, long nowNanos) {
    ByteBuf out = Unpooled.buffer();
    stream.writeReport(nowNanos, out);
    RtcpReader.Compound compound = RtcpReader.read(out);
    assertThat(compound.malformed()).isZero();
    assertThat(compound.packets().get(1))
        .isEqualTo(new SourceDescription(List.of(new Cname(SSRC, "listener"))));
    return (SenderReport) compound.packets().get(0);
  }
}
