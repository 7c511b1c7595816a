package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.rtp.RtcpPacket;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;
import org.kakehashi.media.rtp.RtcpReader;
import org.kakehashi.media.rtp.RtcpReader.Compound;
import org.kakehashi.media.rtp.RtcpWriter;

/** A peer's RTP and RTCP in plain text, both ways. On the peer's loop. */
final class PeerMedia {
  /** From here on, in bytes, a compound is sent as it is, so that it stays within a datagram. */
  private static final int FULL = 700;

  private final MediaLoop loop;
  private final PeerTransport transport;
  private final MediaClock clock;
  private final int ownSsrc;
  private final boolean receives;
  private final PeerReceiver receiver;
  private final PeerSender sender;

  /**
   * @param ownSsrc names us where we send nothing
   * @param adaptation fits the pictures to the peer's line; null where that is not known
   */
  PeerMedia(
      MediaLoop loop,
      PeerTransport transport,
      MediaClock clock,
      int ownSsrc,
      List<IncomingTrack> incoming,
      List<OutgoingTrack> outgoing,
      @Nullable Adaptation adaptation) {
    this.loop = loop;
    this.transport = transport;
    this.clock = clock;
    this.ownSsrc = ownSsrc;
    this.receives = !incoming.isEmpty();
    this.receiver = new PeerReceiver(incoming, loop.counters(), ownSsrc);
    this.sender = new PeerSender(outgoing, adaptation);
  }

  void packet(PacketKind kind, ByteBuf packet) {
    if (kind == PacketKind.RTP) {
      receiver.rtp(packet, clock.nanoTime());
    } else {
      rtcp(packet);
    }
  }

  private void rtcp(ByteBuf packet) {
    long now = clock.nanoTime();
    Compound compound = RtcpReader.read(packet);
    if (compound.malformed() > 0) {
      loop.counters().dropped(DropReason.RTCP_MALFORMED);
    }
    for (RtcpPacket each : compound.packets()) {
      switch (each) {
        case SenderReport report -> {
          receiver.senderReport(report, now);
          sender.reports(report.blocks(), now);
        }
        case ReceiverReport report -> sender.reports(report.blocks(), now);
        case Nack nack -> sender.nack(nack);
        case Pli pli -> sender.pli(pli);
        case Fir fir -> sender.fir(fir);
        case TransportFeedback feedback -> sender.arrivals(feedback, loop.now());
        case Bye bye -> bye.ssrcs().forEach(receiver::bye);
        default -> {} // Names, and the like.
      }
    }
  }

  /** Sends what reports and requests are due. */
  void tick() {
    long now = clock.nanoTime();
    sender.adapt(loop.now());
    ByteBuf out = loop.outgoing();
    sender.reports(now, out);
    if (out.isReadable()) {
      transport.sendRtcp(out, out.getInt(out.readerIndex() + 4));
    }
    if (receives) {
      List<RtcpPacket> feedback = new ArrayList<>();
      receiver.tick(now, feedback);
      if (!feedback.isEmpty()) {
        send(feedback);
      }
    }
  }

  /** Whether it wants to be called at every turn of the loop. */
  boolean isProbing() {
    return sender.isProbing();
  }

  private void send(List<RtcpPacket> packets) {
    ByteBuf out = loop.outgoing();
    for (RtcpPacket packet : packets) {
      RtcpWriter.write(out, packet);
      if (out.readableBytes() >= FULL) {
        transport.sendRtcp(out, ownSsrc);
        out = loop.outgoing();
      }
    }
    if (out.isReadable()) {
      transport.sendRtcp(out, ownSsrc);
    }
  }

  /** Tells the peer that our streams end (RFC 3550 §6.6). */
  void bye() {
    List<Integer> ssrcs = new ArrayList<>(sender.ssrcs());
    ssrcs.add(ownSsrc);
    send(
        List.of(
            new ReceiverReport(ownSsrc, List.of()),
            new Bye(ssrcs.subList(0, Math.min(ssrcs.size(), RtcpWriter.MAX_COUNT)), "")));
  }

  void close() {
    sender.close();
  }
}
