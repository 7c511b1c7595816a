package org.kakehashi.media.webrtc;

/** What a peer tells its owner. Called on the peer's loop: must not block. */
public interface PeerEvents {
  /** ICE and DTLS are done: media can flow both ways. At most once. */
  void connected(Peer peer);

  /**
   * How much of the pictures it asked for a listener is sent has changed, and stayed so a second.
   */
  default void pictures(Peer peer, PictureService now) {}

  /** The peer has ended; exactly once, and nothing is called after it. */
  void closed(Peer peer, CloseReason why);
}
