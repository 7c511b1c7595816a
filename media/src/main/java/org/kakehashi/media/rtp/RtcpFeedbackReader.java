package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.FirEntry;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.Remb;
import org.kakehashi.media.rtp.RtcpPacket.Unknown;

/**
 * Reads the bodies of feedback packets, RFC 4585 §6.1. Stateless; any thread.
 *
 * <pre>
 *   |   SSRC of packet sender   |   SSRC of media source   |  feedback control information …
 * </pre>
 */
final class RtcpFeedbackReader {
  private RtcpFeedbackReader() {}

  static Optional<RtcpPacket> transportLayer(ByteBuf body, int format) {
    if (body.readableBytes() < 8) {
      return Optional.empty();
    }
    if (format == RtcpReader.FMT_TRANSPORT_FEEDBACK) {
      return TransportFeedbackCodec.read(body).map(packet -> packet);
    }
    if (format != RtcpReader.FMT_NACK) {
      return Optional.of(new Unknown(RtcpReader.TRANSPORT_LAYER, format));
    }
    int sender = body.readInt();
    int media = body.readInt();
    if (!body.isReadable() || body.readableBytes() % 4 != 0) {
      return Optional.empty();
    }
    List<Integer> lost = new ArrayList<>();
    while (body.isReadable()) {
      int first = body.readUnsignedShort();
      int mask = body.readUnsignedShort();
      lost.add(first);
      for (int bit = 0; bit < 16; bit++) {
        if ((mask & 1 << bit) != 0) {
          lost.add(first + bit + 1 & 0xFFFF);
        }
      }
    }
    return Optional.of(new Nack(sender, media, lost));
  }

  static Optional<RtcpPacket> payloadSpecific(ByteBuf body, int format) {
    if (body.readableBytes() < 8) {
      return Optional.empty();
    }
    int sender = body.readInt();
    int media = body.readInt();
    return switch (format) {
      case RtcpReader.FMT_PLI -> Optional.of(new Pli(sender, media));
      case RtcpReader.FMT_FIR -> fir(body, sender);
      case RtcpReader.FMT_APPLICATION -> remb(body, sender);
      default -> Optional.of(new Unknown(RtcpReader.PAYLOAD_SPECIFIC, format));
    };
  }

  private static Optional<RtcpPacket> fir(ByteBuf body, int sender) {
    if (!body.isReadable() || body.readableBytes() % 8 != 0) {
      return Optional.empty();
    }
    List<FirEntry> entries = new ArrayList<>();
    while (body.isReadable()) {
      int ssrc = body.readInt();
      entries.add(new FirEntry(ssrc, body.readUnsignedByte()));
      body.skipBytes(3);
    }
    return Optional.of(new Fir(sender, entries));
  }

  private static Optional<RtcpPacket> remb(ByteBuf body, int sender) {
    if (body.readableBytes() < 4 || body.readInt() != RtcpReader.REMB) {
      return Optional.of(new Unknown(RtcpReader.PAYLOAD_SPECIFIC, RtcpReader.FMT_APPLICATION));
    }
    if (body.readableBytes() < 4) {
      return Optional.empty();
    }
    int count = body.readUnsignedByte();
    int rate = body.readUnsignedMedium();
    int exponent = rate >> 18;
    long mantissa = rate & 0x3FFFF;
    if (exponent > 45 || body.readableBytes() < 4 * count) {
      return Optional.empty(); // Beyond 2^63 bit/s.
    }
    return Optional.of(new Remb(sender, mantissa << exponent, RtcpReader.ints(body, count)));
  }
}
