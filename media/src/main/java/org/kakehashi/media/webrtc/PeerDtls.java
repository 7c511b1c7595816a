package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.dtls.DtlsAssociation;
import org.kakehashi.media.webrtc.dtls.DtlsEvents;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.dtls.DtlsRecords;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpReceiver;
import org.kakehashi.media.webrtc.srtp.SrtpSender;

/**
 * One peer's DTLS, on the peer's loop. The handshake is computed on other threads; what they have
 * to say is brought here, all that they say at a time together, since each way from thread to
 * thread costs as much as several packets.
 */
final class PeerDtls {
  /** What is heard of it, on the peer's loop but for {@link #unheard}. */
  interface Events {
    /** Send this to the peer. */
    void send(byte[] datagram);

    /** Both ways are keyed; they are for whoever hears this to close. */
    void secured(SrtpSender toPeer, SrtpReceiver fromPeer);

    void failed(DtlsFailure why);

    void goodbye();

    /** It is over, its last datagram sent. */
    void ended();

    /** It is over, and so is the loop, which cannot hear of it. Any thread. */
    void unheard();

    /** One of these has failed. */
    void fault(RuntimeException fault);
  }

  private static final long LAST_FLIGHT_NANOS = DtlsAssociation.LAST_FLIGHT.toNanos();

  /** As many as are said at a time, as a rule: a flight, and that it was the last. */
  private static final int USUALLY_SAID = 3;

  private final MediaLoop loop;
  private final PortSecurity security;
  private final DtlsRole role;
  private final List<Fingerprint> fingerprints;
  private final Events events;
  private @Nullable DtlsAssociation association;
  private long tidiedAt;

  /**
   * @param role our part in the handshake
   * @param fingerprints of the certificate the peer announced
   */
  PeerDtls(
      MediaLoop loop,
      PortSecurity security,
      DtlsRole role,
      List<Fingerprint> fingerprints,
      Events events) {
    this.loop = loop;
    this.security = security;
    this.role = role;
    this.fingerprints = List.copyOf(fingerprints);
    this.events = events;
  }

  /** The peer can be reached: whose part it is to begin, does. */
  void reachable() {
    if (role == DtlsRole.ACTIVE) {
      DtlsAssociation unused = begun();
    }
  }

  /** Takes a datagram; its reference stays the caller's. */
  void receive(ByteBuf datagram) {
    byte[] records = ByteBufUtil.getBytes(datagram);
    if (!DtlsRecords.wellFormed(records)) {
      loop.counters().dropped(DropReason.DTLS_MALFORMED);
    } else if (!begun().receive(records)) {
      loop.counters().dropped(DropReason.DTLS_QUEUE);
    }
  }

  private DtlsAssociation begun() {
    DtlsAssociation known = association;
    if (known != null) {
      return known;
    }
    loop.counters().handshakeBegan();
    DtlsAssociation begun =
        new DtlsAssociation(
            security.identity(),
            role,
            fingerprints,
            security.computing(),
            security.handshakeTimeout(),
            new Said());
    association = begun;
    begun.start();
    return begun;
  }

  /**
   * Looks whether something is not needed any more; while secured. Again and again, as DTLS goes by
   * the wall clock, which may have been put back meanwhile.
   */
  void tick(long nowNanos) {
    DtlsAssociation begun = association;
    if (begun != null && nowNanos - tidiedAt >= LAST_FLIGHT_NANOS) {
      tidiedAt = nowNanos;
      begun.tidy();
    }
  }

  /** Says goodbye, of which {@link Events#ended} follows; false if there is nobody to tell. */
  boolean close() {
    DtlsAssociation begun = association;
    if (begun != null) {
      begun.close();
    }
    return begun != null;
  }

  /** Something said, to be heard on the loop. */
  private interface Word {
    void heard();

    /** There is no loop any more. */
    default void unheard() {}
  }

  /** Both ways, with what they hold outside the heap. */
  private record Keyed(PeerDtls of, SrtpSender toPeer, SrtpReceiver fromPeer) implements Word {
    @Override
    public void heard() {
      of.tidiedAt = of.loop.now();
      of.events.secured(toPeer, fromPeer);
    }

    @Override
    public void unheard() {
      toPeer.close();
      fromPeer.close();
    }
  }

  private record Over(PeerDtls of) implements Word {
    @Override
    public void heard() {
      of.association = null;
      of.events.ended();
    }

    @Override
    public void unheard() {
      of.events.unheard();
    }
  }

  /** Collects what the association says until it rests. Of the thread that is at work on it. */
  private final class Said implements DtlsEvents {
    private List<Word> words = new ArrayList<>(USUALLY_SAID);
    private boolean secured;

    @Override
    public void send(byte[] datagram) {
      words.add(() -> events.send(datagram));
    }

    @Override
    public void secured(SrtpKeys keys) {
      // Made here, and not on the loop, which has others' packets to send meanwhile.
      SrtpReceiver fromPeer = new SrtpReceiver(keys);
      SrtpSender toPeer = new SrtpSender(keys); // Last, as it holds memory outside the heap.
      words.add(new Keyed(PeerDtls.this, toPeer, fromPeer));
      secured = true;
      loop.counters().handshakeSucceeded();
    }

    @Override
    public void failed(DtlsFailure why) {
      words.add(() -> events.failed(why));
    }

    @Override
    public void goodbye() {
      words.add(events::goodbye);
    }

    @Override
    public void ended() {
      if (!secured) {
        loop.counters().handshakeFailed();
      }
      words.add(new Over(PeerDtls.this));
    }

    @Override
    public void rests() {
      if (words.isEmpty()) {
        return;
      }
      List<Word> now = words;
      words = new ArrayList<>(USUALLY_SAID);
      if (!loop.run(() -> now.forEach(this::hear))) {
        now.forEach(Word::unheard);
      }
    }

    private void hear(Word word) {
      try {
        word.heard();
      } catch (RuntimeException fault) {
        events.fault(fault);
      }
    }
  }
}
