package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.kakehashi.media.webrtc.ice.StunRequest;
import org.kakehashi.media.webrtc.ice.StunResponses;

/**
 * Finds out what an arriving packet is and whose, and gives it to the peer on the peer's loop. On
 * the loop the packet arrived on.
 */
final class Demultiplexer {
  /** The longest packet that is accepted, in bytes. */
  static final int MAX_PACKET = 2_048;

  private final PeerRegistry registry;
  private final PortCounters counters;
  private final RateLimit refusals;

  Demultiplexer(PeerRegistry registry, PortCounters counters, RateLimit refusals) {
    this.registry = registry;
    this.counters = counters;
    this.refusals = refusals;
  }

  /** Takes a datagram; its reference stays the caller's. */
  void datagram(MediaLoop here, InetSocketAddress from, ByteBuf packet) {
    counters.received(packet.readableBytes());
    PacketKind kind = kind(packet);
    switch (kind) {
      case STUN -> udpCheck(here, from, packet);
      case DTLS, RTP, RTCP -> {
        Peer peer = registry.ofAddress(from).orElse(null);
        if (peer == null) {
          counters.dropped(DropReason.UNKNOWN_ADDRESS);
        } else {
          deliver(here, peer, kind, packet);
        }
      }
      case OTHER -> {}
    }
  }

  /** Tells a packet's kind, and counts what is of none. */
  PacketKind kind(ByteBuf packet) {
    if (packet.readableBytes() > MAX_PACKET) {
      counters.dropped(DropReason.TOO_LONG);
      return PacketKind.OTHER;
    }
    PacketKind kind = PacketKind.of(packet);
    if (kind == PacketKind.OTHER) {
      counters.dropped(DropReason.NOT_OURS);
    }
    return kind;
  }

  private void udpCheck(MediaLoop here, InetSocketAddress from, ByteBuf packet) {
    Optional<StunRequest> request = request(packet);
    if (request.isEmpty()) {
      return;
    }
    Peer peer = addressee(request.get()).orElse(null);
    if (peer == null) {
      refuse(new Path.Udp(here, from), request.get());
      return;
    }
    MediaLoop home = peer.home();
    home.handOver(Unpooled.EMPTY_BUFFER, () -> peer.check(new Path.Udp(home, from), request.get()));
  }

  /** Reads a check; counts what is none. */
  Optional<StunRequest> request(ByteBuf packet) {
    Optional<StunRequest> request = StunRequest.read(ByteBufUtil.getBytes(packet));
    if (request.isEmpty()) {
      counters.dropped(DropReason.STUN_MALFORMED);
    }
    return request;
  }

  /** The peer a check names; it has yet to prove that it knows the peer's password. */
  Optional<Peer> addressee(StunRequest request) {
    return request.hasCredentials()
        ? registry.ofFragment(request.localFragment())
        : Optional.empty();
  }

  /** Answers a check that is nobody's, or proves nothing: at a limited rate. */
  void refuse(Path path, StunRequest request) {
    if (!refusals.allows()) {
      counters.dropped(DropReason.STUN_RATE);
      return;
    }
    counters.dropped(DropReason.STUN_REFUSED);
    int code = request.hasCredentials() ? StunResponses.UNAUTHENTICATED : StunResponses.BAD_REQUEST;
    path.send(Unpooled.wrappedBuffer(StunResponses.error(request.transactionId(), code)));
  }

  /** Gives a packet of a known peer to its loop; its reference stays the caller's. */
  static void deliver(MediaLoop here, Peer peer, PacketKind kind, ByteBuf packet) {
    MediaLoop home = peer.home();
    if (home == here) {
      peer.packet(kind, packet);
      return;
    }
    ByteBuf kept = packet.retain();
    home.handOver(
        kept,
        () -> {
          try {
            peer.packet(kind, kept);
          } finally {
            kept.release();
          }
        });
  }
}
