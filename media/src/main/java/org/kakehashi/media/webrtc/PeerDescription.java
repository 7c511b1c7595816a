package org.kakehashi.media.webrtc;

import java.util.List;
import java.util.Optional;
import org.kakehashi.media.webrtc.ice.IceAgent;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;
import org.kakehashi.media.webrtc.sdp.AnswerWriter;
import org.kakehashi.media.webrtc.sdp.IceCredentials;
import org.kakehashi.media.webrtc.sdp.LocalTransport;
import org.kakehashi.media.webrtc.sdp.MediaSection;
import org.kakehashi.media.webrtc.sdp.SdpException;
import org.kakehashi.media.webrtc.sdp.SdpParser;
import org.kakehashi.media.webrtc.sdp.SessionDescription;

/** What was said of a peer in SDP, and may be said anew by an ICE restart. Any thread. */
final class PeerDescription {
  private static final int MAX_FRAGMENT = 16 * 1024;

  private final String id;
  private final String label;
  private final String answer;
  private final List<AgreedMedia> agreed;
  private final LocalTransport transport;
  private final IceAgent<Path> ice;
  private final PortNames names;
  private IceCredentials remote;

  PeerDescription(
      String id,
      String label,
      String answer,
      List<AgreedMedia> agreed,
      LocalTransport transport,
      IceAgent<Path> ice,
      PortNames names,
      IceCredentials remote) {
    this.id = id;
    this.label = label;
    this.answer = answer;
    this.agreed = List.copyOf(agreed);
    this.transport = transport;
    this.ice = ice;
    this.names = names;
    this.remote = remote;
  }

  String id() {
    return id;
  }

  String label() {
    return label;
  }

  String answer() {
    return answer;
  }

  String etag() {
    return "\"" + ice.credentials().ufrag() + "\"";
  }

  List<String> fragments() {
    return ice.fragments();
  }

  synchronized Optional<String> patch(String text, PeerRegistry registry, Peer peer) {
    SessionDescription fragment;
    try {
      fragment = SdpParser.parseFragment(text, MAX_FRAGMENT);
    } catch (SdpException unreadable) {
      throw OfferRejected.of(unreadable);
    }
    IceCredentials offered =
        new IceCredentials(
            value(fragment, "ice-ufrag").orElse(""), value(fragment, "ice-pwd").orElse(""));
    boolean none = offered.ufrag().isEmpty() && offered.password().isEmpty();
    if (none || offered.equals(remote)) {
      return Optional.empty();
    }
    if (!offered.valid()) {
      throw new OfferRejected(
          OfferRejected.Reason.NO_ICE, "The fragment's a=ice-ufrag or a=ice-pwd is not valid.");
    }
    remote = offered;
    IceCredentials fresh = names.credentials();
    registry.addFragment(peer, fresh.ufrag());
    ice.restart(fresh).ifPresent(old -> registry.removeFragment(peer, old.ufrag()));
    LocalTransport restarted =
        new LocalTransport(
            fresh, transport.fingerprint(), transport.role(), transport.candidates());
    return Optional.of(AnswerWriter.restart(agreed, restarted));
  }

  private static Optional<String> value(SessionDescription fragment, String name) {
    return fragment
        .values(name)
        .findFirst()
        .or(
            () ->
                fragment.media().stream().flatMap((MediaSection m) -> m.values(name)).findFirst());
  }
}
