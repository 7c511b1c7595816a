package org.kakehashi.media.webrtc;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Optional;

/** One client on the port, from its offer until it is closed. Lives on one media loop. */
public final class Peer {
  Peer() {}

  /** Unguessable, and safe in a URL. */
  public String id() {
    throw new UnsupportedOperationException();
  }

  /** The SDP answer to the offer this peer came with. */
  public String answer() {
    throw new UnsupportedOperationException();
  }

  /** The one thread on which this peer's packets and events are handled. */
  public EventExecutor loop() {
    throw new UnsupportedOperationException();
  }

  /** What it sends, in the order of the media lines. */
  public List<IncomingTrack> incoming() {
    throw new UnsupportedOperationException();
  }

  /** What it is sent, in the order of the media lines. */
  public List<OutgoingTrack> outgoing() {
    throw new UnsupportedOperationException();
  }

  /** Names the present ICE session, quoted as in HTTP; changes with an ICE restart (RFC 9725). */
  public String etag() {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes an SDP fragment (RFC 8840). Candidates of the present ICE session are of no use to
   * ICE-lite: empty. A fragment with new credentials restarts ICE.
   *
   * @return the answer's fragment after an ICE restart; empty otherwise
   * @throws OfferRejected if the fragment is too large or malformed
   */
  public Optional<String> patch(String fragment) {
    throw new UnsupportedOperationException(fragment);
  }

  /** Where it is in its life. Any thread. */
  public PeerState state() {
    throw new UnsupportedOperationException();
  }

  /** Ends this peer; harmless if it has ended. Any thread; {@link PeerEvents#closed} follows. */
  public void close(CloseReason why) {
    throw new UnsupportedOperationException(why.label());
  }
}
