package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.congestion.SentPackets;
import org.kakehashi.media.webrtc.PeerState.Awaiting;
import org.kakehashi.media.webrtc.PeerState.Closed;
import org.kakehashi.media.webrtc.PeerState.Connected;
import org.kakehashi.media.webrtc.PeerState.Securing;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.ice.StunRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on the port, from its offer until it is closed ({@link PeerState}). Lives on one media
 * loop, where all but the public methods are called.
 */
public final class Peer {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

  private final PeerDescription description;
  private final MediaLoop loop;
  private final PeerRegistry registry;
  private final WebRtcConfig config;
  private final PeerEvents events;
  private final PeerTransport transport;
  private final PeerMedia media;
  private final List<IncomingTrack> incoming;
  private final List<OutgoingTrack> outgoing;
  private final boolean onlyHears;
  private volatile PeerState state;
  private volatile long lastSignNanos;

  Peer(
      PeerDescription description,
      MediaLoop loop,
      PeerRegistry registry,
      WebRtcConfig config,
      PeerEvents events,
      PeerParts parts) {
    this.description = description;
    this.loop = loop;
    this.registry = registry;
    this.config = config;
    this.events = events;
    this.transport = parts.transport(new FromTransport());
    this.incoming = parts.incoming();
    SentPackets sent = parts.numbering();
    this.outgoing = parts.outgoing(transport, sent);
    Adaptation adaptation =
        sent == null
            ? null
            : new Adaptation(
                outgoing,
                sent,
                config.limits().bitsPerListener(),
                service -> events.pictures(this, service));
    this.media = parts.media(transport, incoming, outgoing, adaptation);
    this.onlyHears = incoming.isEmpty() && outgoing.stream().allMatch(OutgoingTrack::isAudio);
    this.state = new Awaiting(loop.now());
    this.lastSignNanos = loop.now();
  }

  /** Unguessable, and safe in a URL. */
  public String id() {
    return description.id();
  }

  /** The SDP answer to the offer this peer came with. */
  public String answer() {
    return description.answer();
  }

  /** The one thread on which this peer's packets and events are handled. */
  public EventExecutor loop() {
    return loop.eventLoop();
  }

  /** What it sends, in the order of the media lines. */
  public List<IncomingTrack> incoming() {
    return incoming;
  }

  /** What it is sent, in the order of the media lines. */
  public List<OutgoingTrack> outgoing() {
    return outgoing;
  }

  /** Names the present ICE session, quoted as in HTTP; changes with an ICE restart (RFC 9725). */
  public String etag() {
    return description.etag();
  }

  /**
   * Takes an SDP fragment (RFC 8840). Candidates of the present ICE session are of no use to
   * ICE-lite: empty. A fragment with new credentials restarts ICE. Any thread.
   *
   * @return the answer's fragment after an ICE restart; empty otherwise
   * @throws OfferRejected if the fragment is too large or malformed
   */
  public Optional<String> patch(String fragment) {
    return description.patch(fragment, registry, this);
  }

  /** Where it is in its life. Any thread. */
  public PeerState state() {
    return state;
  }

  /** Ends this peer; harmless if it has ended. Any thread; {@link PeerEvents#closed} follows. */
  public void close(CloseReason why) {
    loop.run(() -> end(why));
  }

  MediaLoop home() {
    return loop;
  }

  /** Done when nothing of this peer is left. Any thread. */
  CompletableFuture<Void> released() {
    return transport.released();
  }

  void check(Path path, StunRequest request) {
    if (!(state instanceof Closed)) {
      guarded(() -> transport.check(path, request, loop.now()));
    }
  }

  void packet(PacketKind kind, ByteBuf packet) {
    if (state instanceof Closed) {
      loop.counters().dropped(DropReason.UNKNOWN_ADDRESS);
    } else {
      guarded(() -> transport.packet(kind, packet));
    }
  }

  void lost(Path path) {
    transport.lost(path);
  }

  void tick() {
    guarded(
        () -> {
          expire();
          if (state instanceof Connected) {
            transport.tick(loop.now());
            media.tick();
          }
        });
  }

  /** Whether it does nothing but hear. Never changes. */
  boolean onlyHears() {
    return onlyHears;
  }

  /** Whether it is to be looked after at every turn: it sends to us, or its line is tried. */
  boolean isBusy() {
    return !incoming.isEmpty() || media.isProbing();
  }

  private void expire() {
    long now = loop.now();
    switch (state) {
      case Awaiting(long since) when isOver(now - since, config.timeouts().ice()) ->
          end(CloseReason.NO_CHECKS);
      case Securing(long since) when isOver(now - since, config.timeouts().handshake()) ->
          end(CloseReason.HANDSHAKE_TIMEOUT);
      case Connected connected when isOver(now - lastSignNanos, config.timeouts().consent()) ->
          end(CloseReason.CONSENT_EXPIRED);
      default -> {}
    }
  }

  private static boolean isOver(long elapsedNanos, java.time.Duration limit) {
    return elapsedNanos >= TimeUnit.MILLISECONDS.toNanos(limit.toMillis());
  }

  /** A fault of ours ends this peer and no other, and not the loop. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      end(fault);
    }
  }

  private void end(RuntimeException fault) {
    LOG.error("peer {} ({}): a fault of ours ends it", id(), description.label(), fault);
    end(CloseReason.FAULT);
  }

  private void end(CloseReason why) {
    if (state instanceof Closed) {
      return;
    }
    boolean wasConnected = state instanceof Connected;
    state = new Closed(why);
    if (wasConnected) {
      bye();
    }
    media.close();
    transport.close();
    registry.remove(this, description.fragments(), transport.paths());
    loop.remove(this);
    loop.assigned().decrementAndGet();
    loop.counters().closed(why);
    LOG.debug("peer {} ({}) closed: {}", id(), description.label(), why.label());
    events.closed(this, why);
  }

  /** A last word that cannot be said keeps nothing from being let go of. */
  private void bye() {
    try {
      media.bye();
    } catch (RuntimeException fault) {
      LOG.error("peer {} ({}) could not say bye", id(), description.label(), fault);
    }
  }

  /** What the transport has to say. */
  private final class FromTransport implements PeerTransport.Events {
    @Override
    public void checked(Path path) {
      lastSignNanos = loop.now();
      switch (path) {
        case Path.Udp udp -> registry.bind(udp.remote(), Peer.this);
        case Path.Tcp tcp -> tcp.port().authenticated(tcp.channel());
      }
      if (state instanceof Awaiting) {
        state = new Securing(loop.now());
      }
    }

    @Override
    public void dropped(Path path) {
      switch (path) {
        case Path.Udp udp -> registry.unbind(udp.remote(), Peer.this);
        case Path.Tcp tcp -> tcp.channel().close();
      }
    }

    @Override
    public void secured() {
      if (state instanceof Securing) {
        lastSignNanos = loop.now();
        state = new Connected(loop.now());
        LOG.debug("peer {} ({}) connected", id(), description.label());
        events.connected(Peer.this);
      }
    }

    @Override
    public void failed(DtlsFailure why) {
      end(
          switch (why) {
            case HANDSHAKE -> CloseReason.HANDSHAKE_FAILED;
            case TIMEOUT -> CloseReason.HANDSHAKE_TIMEOUT;
            case FINGERPRINT -> CloseReason.FINGERPRINT_MISMATCH;
          });
    }

    @Override
    public void goodbye() {
      end(CloseReason.GOODBYE);
    }

    @Override
    public void fault(RuntimeException fault) {
      end(fault);
    }

    @Override
    public void media(PacketKind kind, ByteBuf packet) {
      if (outgoing.isEmpty()) {
        // Consent is about what we send (RFC 7675 §1). Who only sends to us shows by doing so that
        // they are there; FFmpeg's muxer, for one, sends no checks once it is connected.
        lastSignNanos = loop.now();
      }
      media.packet(kind, packet);
    }
  }
}
