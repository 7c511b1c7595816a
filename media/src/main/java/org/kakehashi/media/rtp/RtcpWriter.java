package org.kakehashi.media.rtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.FirEntry;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.Remb;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;
import org.kakehashi.media.rtp.RtcpPacket.Unknown;

/**
 * Appends RTCP packets to a buffer; several in a row make a compound (RFC 3550 §6.1: a report
 * first, then the CNAME). Stateless; any thread.
 */
public final class RtcpWriter {
  /** How many report blocks, SSRCs or chunks one packet holds: its count has five bits. */
  public static final int MAX_COUNT = 31;

  private RtcpWriter() {}

  /**
   * Writes one packet.
   *
   * @throws IllegalArgumentException if a list is longer than the format allows, or on {@link
   *     Unknown}, of which nothing is known to write
   */
  public static void write(ByteBuf out, RtcpPacket packet) {
    int start = out.writerIndex();
    out.writeInt(0); // Filled in below, when the length is known.
    int head =
        switch (packet) {
          case SenderReport report -> {
            out.writeInt(report.ssrc());
            out.writeLong(report.ntp().bits());
            out.writeInt(report.rtpTimestamp());
            out.writeInt(report.packets());
            out.writeInt(report.octets());
            yield blocks(out, RtcpReader.SENDER_REPORT, report.blocks());
          }
          case ReceiverReport report -> {
            out.writeInt(report.ssrc());
            yield blocks(out, RtcpReader.RECEIVER_REPORT, report.blocks());
          }
          case SourceDescription description -> description(out, description);
          case Bye bye -> bye(out, bye);
          case Nack nack -> nack(out, nack);
          case Pli pli -> {
            out.writeInt(pli.senderSsrc());
            out.writeInt(pli.mediaSsrc());
            yield head(RtcpReader.PAYLOAD_SPECIFIC, RtcpReader.FMT_PLI);
          }
          case Fir fir -> fir(out, fir);
          case TransportFeedback feedback -> {
            TransportFeedbackCodec.write(out, feedback);
            yield head(RtcpReader.TRANSPORT_LAYER, RtcpReader.FMT_TRANSPORT_FEEDBACK);
          }
          case Remb remb -> remb(out, remb);
          case Unknown unknown -> throw new IllegalArgumentException("cannot write " + unknown);
        };
    int words = (out.writerIndex() - start) / 4;
    out.setShort(start, head);
    out.setShort(start + 2, words - 1);
  }

  private static int head(int type, int format) {
    return (0x80 | format) << 8 | type;
  }

  private static int counted(int type, List<?> list) {
    if (list.size() > MAX_COUNT) {
      throw new IllegalArgumentException("more than " + MAX_COUNT + " entries");
    }
    return head(type, list.size());
  }

  private static int blocks(ByteBuf out, int type, List<ReportBlock> blocks) {
    for (ReportBlock block : blocks) {
      out.writeInt(block.ssrc());
      out.writeByte(block.fractionLost());
      out.writeMedium(block.cumulativeLost());
      out.writeInt(block.highestSequence());
      out.writeInt(block.jitter());
      out.writeInt(block.lastReport());
      out.writeInt(block.delay());
    }
    return counted(type, blocks);
  }

  private static int description(ByteBuf out, SourceDescription description) {
    for (Cname cname : description.cnames()) {
      int chunk = out.writerIndex();
      out.writeInt(cname.ssrc());
      out.writeByte(RtcpReader.SDES_CNAME);
      text(out, cname.name());
      out.writeByte(0);
      out.writeZero(-(out.writerIndex() - chunk) & 3);
    }
    return counted(RtcpReader.SOURCE_DESCRIPTION, description.cnames());
  }

  private static int bye(ByteBuf out, Bye bye) {
    bye.ssrcs().forEach(out::writeInt);
    if (!bye.reason().isEmpty()) {
      int start = out.writerIndex();
      text(out, bye.reason());
      out.writeZero(-(out.writerIndex() - start) & 3);
    }
    return counted(RtcpReader.BYE, bye.ssrcs());
  }

  private static void text(ByteBuf out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > 255) {
      throw new IllegalArgumentException("text longer than 255 bytes");
    }
    out.writeByte(bytes.length);
    out.writeBytes(bytes);
  }

  private static int nack(ByteBuf out, Nack nack) {
    out.writeInt(nack.senderSsrc());
    out.writeInt(nack.mediaSsrc());
    int at = 0;
    while (at < nack.lost().size()) {
      int first = nack.lost().get(at++);
      int mask = 0;
      int before = 0;
      while (at < nack.lost().size()) {
        int distance = nack.lost().get(at) - first & 0xFFFF;
        if (distance <= before || distance > 16) {
          break;
        }
        mask |= 1 << distance - 1;
        before = distance;
        at++;
      }
      out.writeShort(first);
      out.writeShort(mask);
    }
    return head(RtcpReader.TRANSPORT_LAYER, RtcpReader.FMT_NACK);
  }

  private static int fir(ByteBuf out, Fir fir) {
    out.writeInt(fir.senderSsrc());
    out.writeInt(0); // RFC 5104 §4.3.1.1: the media source is in the entries.
    for (FirEntry entry : fir.entries()) {
      out.writeInt(entry.ssrc());
      out.writeByte(entry.number());
      out.writeMedium(0);
    }
    return head(RtcpReader.PAYLOAD_SPECIFIC, RtcpReader.FMT_FIR);
  }

  private static int remb(ByteBuf out, Remb remb) {
    if (remb.ssrcs().size() > 255 || remb.bitrate() < 0) {
      throw new IllegalArgumentException("not a bandwidth estimate: " + remb);
    }
    int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(remb.bitrate()) - 18);
    out.writeInt(remb.senderSsrc());
    out.writeInt(0);
    out.writeInt(RtcpReader.REMB);
    out.writeByte(remb.ssrcs().size());
    out.writeMedium(exponent << 18 | (int) (remb.bitrate() >> exponent));
    remb.ssrcs().forEach(out::writeInt);
    return head(RtcpReader.PAYLOAD_SPECIFIC, RtcpReader.FMT_APPLICATION);
  }
}
