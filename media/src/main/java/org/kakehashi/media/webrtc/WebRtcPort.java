package org.kakehashi.media.webrtc;

/** One UDP port and one TCP port for every peer, served by a few media loops. Any thread. */
public final class WebRtcPort implements AutoCloseable {
  private WebRtcPort() {}

  /**
   * Binds both ports and starts the media loops.
   *
   * @throws MediaPortException if a port cannot be bound or this machine lacks what is needed
   */
  public static WebRtcPort open(WebRtcConfig config) {
    throw new UnsupportedOperationException(config.toString());
  }

  /**
   * Answers an offer and awaits its peer. Never blocks.
   *
   * @throws OfferRejected if it cannot be answered; nothing is left behind
   */
  public Peer accept(String offer, PeerPlan plan, PeerEvents events) {
    throw new UnsupportedOperationException(offer + plan + events);
  }

  /** The port bound, for UDP and TCP. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /** How many peers there are now. */
  public int peers() {
    throw new UnsupportedOperationException();
  }

  /** What was done so far, and is held now. */
  public WebRtcStats stats() {
    throw new UnsupportedOperationException();
  }

  /** Closes every peer, then both ports; returns when all is released. */
  @Override
  public void close() {}
}
