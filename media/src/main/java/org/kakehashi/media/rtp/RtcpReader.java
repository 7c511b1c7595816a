package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;
import org.kakehashi.media.rtp.RtcpPacket.Unknown;

/**
 * Reads compound and reduced-size RTCP (RFC 3550 §6.1, RFC 5506): anything that is a chain of well
 * framed packets. Stateless; any thread.
 *
 * <pre>
 *   |V=2|P| count/fmt |      type     |   length in words − 1   |  body …
 * </pre>
 */
public final class RtcpReader {
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;
  static final int TRANSPORT_LAYER = 205;
  static final int PAYLOAD_SPECIFIC = 206;
  static final int FMT_NACK = 1;
  static final int FMT_TRANSPORT_FEEDBACK = 15;
  static final int FMT_PLI = 1;
  static final int FMT_FIR = 4;
  static final int FMT_APPLICATION = 15;
  static final int REMB = 0x52454D42; // "REMB"
  static final int SDES_CNAME = 1;
  static final int BLOCK_LENGTH = 24;

  /** Bounds the work one datagram of hostile input can cause. */
  private static final int MAX_PACKETS = 64;

  private RtcpReader() {}

  /**
   * The packets of one datagram.
   *
   * @param packets what could be read, in order
   * @param malformed how many packets (or rests of a datagram) could not
   */
  public record Compound(List<RtcpPacket> packets, int malformed) {}

  /**
   * Reads the readable bytes of {@code datagram}, which stay readable.
   *
   * @param datagram decrypted, without the SRTCP trailer
   */
  public static Compound read(ByteBuf datagram) {
    List<RtcpPacket> packets = new ArrayList<>(4);
    int malformed = 0;
    int at = datagram.readerIndex();
    int end = datagram.writerIndex();
    while (at < end) {
      if (packets.size() + malformed >= MAX_PACKETS
          || end - at < 4
          || datagram.getUnsignedByte(at) >> 6 != 2) {
        malformed++;
        break; // Where the next packet would start is anybody's guess.
      }
      int length = 4 * (datagram.getUnsignedShort(at + 2) + 1);
      if (length > end - at) {
        malformed++;
        break;
      }
      Optional<RtcpPacket> packet = packet(datagram, at, length);
      if (packet.isPresent()) {
        packets.add(packet.get());
      } else {
        malformed++;
      }
      at += length;
    }
    return new Compound(packets, malformed);
  }

  private static Optional<RtcpPacket> packet(ByteBuf in, int at, int length) {
    int flags = in.getUnsignedByte(at);
    int format = flags & 0x1F;
    int type = in.getUnsignedByte(at + 1);
    int padding = 0;
    if ((flags & 0x20) != 0) {
      padding = in.getUnsignedByte(at + length - 1);
      if (padding == 0 || padding > length - 4) {
        return Optional.empty();
      }
    }
    ByteBuf body = in.slice(at + 4, length - 4 - padding);
    return switch (type) {
      case SENDER_REPORT -> senderReport(body, format);
      case RECEIVER_REPORT -> receiverReport(body, format);
      case SOURCE_DESCRIPTION -> sourceDescription(body, format);
      case BYE -> bye(body, format);
      case TRANSPORT_LAYER -> RtcpFeedbackReader.transportLayer(body, format);
      case PAYLOAD_SPECIFIC -> RtcpFeedbackReader.payloadSpecific(body, format);
      default -> Optional.of(new Unknown(type, format));
    };
  }

  private static Optional<RtcpPacket> senderReport(ByteBuf body, int count) {
    if (body.readableBytes() < 24 + count * BLOCK_LENGTH) {
      return Optional.empty();
    }
    int ssrc = body.readInt();
    NtpTime ntp = new NtpTime(body.readLong());
    int timestamp = body.readInt();
    int packets = body.readInt();
    int octets = body.readInt();
    return Optional.of(
        new SenderReport(ssrc, ntp, timestamp, packets, octets, blocks(body, count)));
  }

  private static Optional<RtcpPacket> receiverReport(ByteBuf body, int count) {
    if (body.readableBytes() < 4 + count * BLOCK_LENGTH) {
      return Optional.empty();
    }
    int ssrc = body.readInt();
    return Optional.of(new ReceiverReport(ssrc, blocks(body, count)));
  }

  private static List<ReportBlock> blocks(ByteBuf body, int count) {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(
          new ReportBlock(
              body.readInt(),
              body.readUnsignedByte(),
              body.readMedium(),
              body.readInt(),
              body.readInt(),
              body.readInt(),
              body.readInt()));
    }
    return blocks;
  }

  private static Optional<RtcpPacket> sourceDescription(ByteBuf body, int count) {
    List<Cname> cnames = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (body.readableBytes() < 5) {
        return Optional.empty();
      }
      int chunk = body.readerIndex();
      int ssrc = body.readInt();
      while (true) {
        if (!body.isReadable()) {
          return Optional.empty();
        }
        int item = body.readUnsignedByte();
        if (item == 0) {
          break;
        }
        if (!body.isReadable()) {
          return Optional.empty();
        }
        int length = body.readUnsignedByte();
        if (length > body.readableBytes()) {
          return Optional.empty();
        }
        if (item == SDES_CNAME) {
          cnames.add(
              new Cname(ssrc, body.toString(body.readerIndex(), length, StandardCharsets.UTF_8)));
        }
        body.skipBytes(length);
      }
      // The list of items ends with 1 to 4 zero bytes, at a word boundary.
      int rest = -(body.readerIndex() - chunk) & 3;
      if (rest > body.readableBytes()) {
        return Optional.empty();
      }
      body.skipBytes(rest);
    }
    return Optional.of(new SourceDescription(cnames));
  }

  private static Optional<RtcpPacket> bye(ByteBuf body, int count) {
    if (body.readableBytes() < 4 * count) {
      return Optional.empty();
    }
    List<Integer> ssrcs = ints(body, count);
    String reason = "";
    if (body.isReadable()) {
      int length = body.readUnsignedByte();
      if (length > body.readableBytes()) {
        return Optional.empty();
      }
      reason = body.toString(body.readerIndex(), length, StandardCharsets.UTF_8);
    }
    return Optional.of(new Bye(ssrcs, reason));
  }

  static List<Integer> ints(ByteBuf body, int count) {
    List<Integer> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(body.readInt());
    }
    return values;
  }
}
