package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.ice.IceAgent;
import org.kakehashi.media.webrtc.ice.IceAgent.Outcome;
import org.kakehashi.media.webrtc.ice.StunRequest;
import org.kakehashi.media.webrtc.ice.StunResponses;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.srtp.Opened;
import org.kakehashi.media.webrtc.srtp.SrtpReceiver;
import org.kakehashi.media.webrtc.srtp.SrtpSender;

/** One peer's way through ICE, DTLS and SRTP. On the peer's loop. */
final class PeerTransport {
  /** What the transport tells its peer, on the peer's loop. */
  interface Events {
    /** An authentic check came over {@code path}, which counts from now on. */
    void checked(Path path);

    /** A path is not used any more. */
    void dropped(Path path);

    void secured();

    void failed(DtlsFailure why);

    void goodbye();

    /** A fault of ours in what was to be done about one of these. */
    void fault(RuntimeException fault);

    /** An authentic packet in plain text; its reference stays the transport's. */
    void media(PacketKind kind, ByteBuf packet);
  }

  private final MediaLoop loop;
  private final PortCounters counters;
  private final PortSecurity security;
  private final IceAgent<Path> ice;
  private final PeerDtls dtls;
  private final Events events;
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver receiver;

  /** The path that ICE has selected, at hand for every packet. */
  private @Nullable Path route;

  /** The SSRCs of what we send that is picture. */
  private int[] pictures = {};

  private boolean closed;

  PeerTransport(
      MediaLoop loop,
      PortSecurity security,
      IceAgent<Path> ice,
      DtlsRole role,
      List<Fingerprint> fingerprints,
      Events events) {
    this.loop = loop;
    this.counters = loop.counters();
    this.security = security;
    this.ice = ice;
    this.dtls = new PeerDtls(loop, security, role, fingerprints, new FromDtls());
    this.events = events;
  }

  /** What is sent with this SSRC is picture: on a narrow line it is left out before sound. */
  void isPicture(int ssrc) {
    pictures = Arrays.copyOf(pictures, pictures.length + 1);
    pictures[pictures.length - 1] = ssrc;
  }

  /** Looks whether something is not needed any more; while secured. */
  void tick(long nowNanos) {
    dtls.tick(nowNanos);
  }

  /** Answers a check. */
  void check(Path path, StunRequest request, long nowNanos) {
    byte[] id = request.transactionId();
    Outcome<Path> outcome = ice.take(request, path, nowNanos);
    route = ice.selected().orElse(null);
    byte[] answer =
        switch (outcome) {
          case Outcome.Accepted<Path>(var by, var displaced) -> {
            if (displaced != null) {
              events.dropped(displaced);
            }
            events.checked(path);
            yield StunResponses.success(id, path.remote(), by.password());
          }
          case Outcome.RoleConflict<Path>(var by) ->
              StunResponses.error(id, StunResponses.ROLE_CONFLICT, by.password());
          case Outcome.NotUnderstood<Path>(var by) ->
              StunResponses.unknownAttributes(id, request.unknownAttributes(), by.password());
          case Outcome.NotAuthentic<Path>() -> refusal(id, StunResponses.UNAUTHENTICATED);
          case Outcome.Malformed<Path>() -> refusal(id, StunResponses.BAD_REQUEST);
        };
    if (answer.length > 0) {
      path.send(Unpooled.wrappedBuffer(answer));
    }
    if (outcome instanceof Outcome.Accepted<Path> && !closed) {
      dtls.reachable();
    }
  }

  private byte[] refusal(byte[] transactionId, int code) {
    if (!security.refusals().allows()) {
      counters.dropped(DropReason.STUN_RATE);
      return new byte[0];
    }
    counters.dropped(DropReason.STUN_REFUSED);
    return StunResponses.error(transactionId, code);
  }

  /** Takes a packet other than a check; its reference stays the caller's. */
  void packet(PacketKind kind, ByteBuf packet) {
    switch (kind) {
      case DTLS -> dtls(packet);
      case RTP, RTCP -> open(kind, packet);
      case STUN, OTHER -> {}
    }
  }

  private void dtls(ByteBuf packet) {
    if (closed) {
      counters.dropped(DropReason.DTLS_UNEXPECTED);
    } else {
      dtls.receive(packet);
    }
  }

  /** Opens a packet in a copy of its own, which whoever keeps its payload may hold on to. */
  private void open(PacketKind kind, ByteBuf packet) {
    SrtpReceiver keyed = receiver;
    if (keyed == null) {
      counters.dropped(DropReason.NO_KEYS);
      return;
    }
    ByteBuf plain = loop.heapCopy(packet);
    try {
      loop.protection().view(plain);
      Opened opened =
          kind == PacketKind.RTP
              ? keyed.openRtp(loop.protection())
              : keyed.openRtcp(loop.protection());
      switch (opened) {
        case PLAIN -> {
          plain.writerIndex(plain.readerIndex() + loop.protection().getLength());
          events.media(kind, plain);
        }
        case FORGED -> counters.dropped(DropReason.SRTP_AUTH);
        case REPLAYED -> counters.dropped(DropReason.SRTP_REPLAY);
        case MALFORMED -> counters.dropped(DropReason.RTP_MALFORMED);
      }
    } finally {
      plain.release();
    }
  }

  /**
   * Protects and queues the RTP packet in {@code packet}, the loop's {@link MediaLoop#outgoing}.
   *
   * @return its length in bytes, even where it was dropped for want of room: it had its number, and
   *     counts as lost; 0 if it could not be protected
   */
  int sendRtp(ByteBuf packet, int ssrc) {
    SrtpSender keyed = sender;
    Path path = route;
    if (keyed == null || path == null) {
      counters.dropped(DropReason.NO_KEYS);
      return 0;
    }
    if (!keyed.protectRtp(packet, ssrc)) {
      return 0;
    }
    int bytes = packet.readableBytes();
    if (path instanceof Path.Tcp tcp && sendsPicture(ssrc)) {
      tcp.sendPicture(packet);
    } else {
      path.sendOutgoing(packet);
    }
    return bytes;
  }

  private boolean sendsPicture(int ssrc) {
    for (int picture : pictures) {
      if (picture == ssrc) {
        return true;
      }
    }
    return false;
  }

  /** As {@link #sendRtp}, for a compound RTCP packet; dropped where there are no keys. */
  void sendRtcp(ByteBuf packet, int ssrc) {
    SrtpSender keyed = sender;
    Path path = route;
    if (keyed != null && path != null && keyed.protectRtcp(packet, ssrc)) {
      path.sendOutgoing(packet);
    }
  }

  /** Forgets a path that exists no more. */
  void lost(Path path) {
    ice.forget(path);
    route = ice.selected().orElse(null);
    events.dropped(path);
  }

  List<Path> paths() {
    return ice.paths();
  }

  /** Says goodbye, then lets go of everything. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (sender != null) {
      sender.close();
    }
    if (receiver != null) {
      receiver.close();
    }
    sender = null;
    receiver = null;
    if (!dtls.close()) {
      release();
    }
  }

  private void release() {
    for (Path path : ice.paths()) {
      if (path instanceof Path.Tcp tcp) {
        // What is written waits for the end of this turn, and closing does not wait for it.
        tcp.channel().flush();
        tcp.channel().close();
      }
    }
    released.complete(null);
  }

  /** Done when the last word is sent and the connections are closed. Any thread. */
  CompletableFuture<Void> released() {
    return released;
  }

  /** What DTLS has to say. */
  private final class FromDtls implements PeerDtls.Events {
    @Override
    public void send(byte[] datagram) {
      Path path = route;
      if (path != null) {
        path.send(Unpooled.wrappedBuffer(datagram));
      }
    }

    @Override
    public void secured(SrtpSender toPeer, SrtpReceiver fromPeer) {
      if (closed) {
        toPeer.close();
        fromPeer.close();
        return;
      }
      sender = toPeer;
      receiver = fromPeer;
      events.secured();
    }

    @Override
    public void failed(DtlsFailure why) {
      events.failed(why);
    }

    @Override
    public void goodbye() {
      events.goodbye();
    }

    @Override
    public void ended() {
      if (closed) {
        release();
      }
    }

    @Override
    public void unheard() {
      released.complete(null);
    }

    @Override
    public void fault(RuntimeException fault) {
      events.fault(fault);
    }
  }
}
