package org.kakehashi.media.webrtc;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.kakehashi.media.webrtc.ice.IceAgent;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;
import org.kakehashi.media.webrtc.sdp.AnswerWriter;
import org.kakehashi.media.webrtc.sdp.Candidate;
import org.kakehashi.media.webrtc.sdp.IceCredentials;
import org.kakehashi.media.webrtc.sdp.LocalTransport;
import org.kakehashi.media.webrtc.sdp.MediaLimits;
import org.kakehashi.media.webrtc.sdp.Negotiation;
import org.kakehashi.media.webrtc.sdp.Offer;
import org.kakehashi.media.webrtc.sdp.OfferReader;
import org.kakehashi.media.webrtc.sdp.SdpException;
import org.kakehashi.media.webrtc.sdp.SenderName;

/** From an offer to a peer on the loop that has fewest. Any thread. */
final class Admission {
  /** One place in so many is kept for those who are essential. */
  private static final int KEPT = 20;

  private static final Comparator<MediaLoop> ROOM_FIRST =
      Comparator.comparing((MediaLoop loop) -> loop.load().isFull())
          .thenComparing(loop -> loop.assigned().get());

  private final WebRtcConfig config;
  private final List<Candidate> candidates;
  private final List<MediaLoop> loops;
  private final PeerRegistry registry;
  private final PortSecurity security;
  private final PortNames names;
  private final SourceCaches caches = new SourceCaches();
  private boolean closed;

  Admission(
      WebRtcConfig config,
      List<Candidate> candidates,
      List<MediaLoop> loops,
      PeerRegistry registry,
      PortSecurity security,
      PortNames names) {
    this.config = config;
    this.candidates = candidates;
    this.loops = List.copyOf(loops);
    this.registry = registry;
    this.security = security;
    this.names = names;
  }

  Peer admit(String text, PeerPlan plan, PeerEvents events) {
    Offer offer;
    List<AgreedMedia> agreed;
    try {
      offer = OfferReader.read(text, config.limits().offerChars());
      agreed = Negotiation.agree(offer, limits(plan));
    } catch (SdpException unanswerable) {
      throw OfferRejected.of(unanswerable);
    }
    MediaLoop loop = reserve(plan.essential());
    try {
      Peer peer = peer(offer, agreed, plan, events, loop);
      loop.run(() -> loop.add(peer));
      return peer;
    } catch (RuntimeException failed) {
      loop.assigned().decrementAndGet();
      throw failed;
    }
  }

  private Peer peer(
      Offer offer, List<AgreedMedia> agreed, PeerPlan plan, PeerEvents events, MediaLoop loop) {
    String id = names.id();
    IceCredentials credentials = names.credentials();
    LocalTransport local =
        new LocalTransport(
            credentials, security.identity().fingerprint(), offer.role(), candidates);
    Map<Integer, SenderName> senders = senders(agreed);
    String answer = AnswerWriter.answer(offer, names.sessionId(), agreed, local, senders);
    IceAgent<Path> ice = new IceAgent<>(credentials);
    PeerDescription description =
        new PeerDescription(
            id, plan.label(), answer, agreed, local, ice, names, offer.credentials());
    PeerParts parts =
        new PeerParts(id, plan, offer, agreed, senders, loop, security, ice, caches, names);
    Peer peer = new Peer(description, loop, registry, config, events, parts);
    registry.add(peer, credentials.ufrag());
    return peer;
  }

  private Map<Integer, SenderName> senders(List<AgreedMedia> agreed) {
    String cname = names.id();
    Map<Integer, SenderName> senders = new HashMap<>();
    for (AgreedMedia media : agreed) {
      if (media.send()) {
        int index = media.offered().index();
        senders.put(index, new SenderName(names.ssrc(), cname, "kakehashi", "track-" + index));
      }
    }
    return senders;
  }

  /** Takes a place on the loop with fewest peers, of those that have room for more. */
  private synchronized MediaLoop reserve(boolean essential) {
    int total = loops.stream().map(MediaLoop::assigned).mapToInt(AtomicInteger::get).sum();
    int most = config.limits().peers();
    if (closed || total >= (essential ? most : most - most / KEPT)) {
      throw new OfferRejected(
          OfferRejected.Reason.AT_CAPACITY, "The server is full: try again later.");
    }
    MediaLoop chosen =
        loops.stream()
            .filter(loop -> essential || !loop.load().isFull())
            .min(ROOM_FIRST)
            .orElseThrow(Admission::withoutDelay);
    chosen.assigned().incrementAndGet();
    return chosen;
  }

  private static OfferRejected withoutDelay() {
    return new OfferRejected(
        OfferRejected.Reason.AT_CAPACITY,
        "The server has as many listeners as it can serve without delay: listen by HLS, or try"
            + " again later.");
  }

  private static MediaLimits limits(PeerPlan plan) {
    return new MediaLimits(
        plan.audioIn(), plan.videoIn(), plan.audioOut(), plan.videoOut(), plan.videoPreference());
  }

  /** How many sources are cached for retransmission. */
  int cachedSources() {
    return caches.size();
  }

  /** Takes nobody more; false if it was so before. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
