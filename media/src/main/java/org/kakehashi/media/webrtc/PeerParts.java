package org.kakehashi.media.webrtc;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.congestion.SentPackets;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.SendFormat;
import org.kakehashi.media.rtp.SendStream;
import org.kakehashi.media.webrtc.ice.IceAgent;
import org.kakehashi.media.webrtc.sdp.AgreedFormat;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;
import org.kakehashi.media.webrtc.sdp.Offer;
import org.kakehashi.media.webrtc.sdp.SenderName;

/**
 * Builds what a peer is made of from what was agreed.
 *
 * @param senders by the media line's index, for the lines we send on
 */
record PeerParts(
    String id,
    PeerPlan plan,
    Offer offer,
    List<AgreedMedia> agreed,
    Map<Integer, SenderName> senders,
    MediaLoop loop,
    PortSecurity security,
    IceAgent<Path> ice,
    SourceCaches caches,
    PortNames names) {

  PeerTransport transport(PeerTransport.Events events) {
    return new PeerTransport(loop, security, ice, offer.role(), offer.fingerprints(), events);
  }

  List<IncomingTrack> incoming() {
    List<IncomingTrack> tracks = new ArrayList<>();
    for (AgreedMedia media : agreed) {
      if (media.receive()) {
        String source = plan.label() + "-" + id.substring(0, 8) + "-" + media.offered().index();
        tracks.add(new IncomingTrack(media, source, plan));
      }
    }
    return List.copyOf(tracks);
  }

  /** Where the peer's packets are numbered, if it says when they arrive; null if it does not. */
  @Nullable SentPackets numbering() {
    boolean numbered =
        agreed.stream()
            .filter(media -> media.send() && !media.offered().isAudio())
            .anyMatch(PeerParts::isNumbered);
    return numbered ? new SentPackets() : null;
  }

  List<OutgoingTrack> outgoing(PeerTransport transport, @Nullable SentPackets sent) {
    List<OutgoingTrack> tracks = new ArrayList<>();
    for (AgreedMedia media : agreed) {
      SenderName sender = senders.get(media.offered().index());
      if (media.send() && sender != null) {
        if (!media.offered().isAudio()) {
          transport.isPicture(sender.ssrc());
        }
        tracks.add(
            new OutgoingTrack(
                loop,
                media.offered().mid(),
                media.offered().isAudio(),
                plan.essential() ? 0 : media.offered().maxPacketMillis(),
                transport,
                caches,
                stream(media, sender, sent),
                isNumbered(media) ? sent : null));
      }
    }
    return List.copyOf(tracks);
  }

  PeerMedia media(
      PeerTransport transport,
      List<IncomingTrack> incoming,
      List<OutgoingTrack> outgoing,
      @Nullable Adaptation adaptation) {
    return new PeerMedia(
        loop, transport, plan.clock(), names.ssrc(), incoming, outgoing, adaptation);
  }

  private static boolean isNumbered(AgreedMedia media) {
    return media.extension(HeaderExtensions.TRANSPORT_SEQUENCE_URI) > 0;
  }

  private SendStream stream(AgreedMedia media, SenderName sender, @Nullable SentPackets sent) {
    Map<Codec, Integer> payloadTypes = new EnumMap<>(Codec.class);
    for (AgreedFormat format : media.formats()) {
      if (!format.redundant()) {
        payloadTypes.putIfAbsent(format.codec(), format.payloadType());
      }
    }
    // The answer announces the SSRC: listeners need no extension to tell the streams apart.
    int number = media.extension(HeaderExtensions.TRANSPORT_SEQUENCE_URI);
    return new SendStream(
        new SendFormat(
            sender.ssrc(),
            payloadTypes,
            new HeaderExtensions(0, number, 0, 0, 0),
            "",
            sender.cname()),
        plan.clock(),
        names.random(),
        sent == null ? null : sent::next);
  }
}
