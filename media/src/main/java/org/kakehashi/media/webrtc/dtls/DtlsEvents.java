package org.kakehashi.media.webrtc.dtls;

import org.kakehashi.media.webrtc.srtp.SrtpKeys;

/** What an association tells its owner. Called on a virtual thread, one at a time. */
public interface DtlsEvents {
  /** Send this to the other side. The array is the owner's from now on. */
  void send(byte[] datagram);

  /** The handshake is done. At most once. */
  void secured(SrtpKeys keys);

  /** There will be no keys. At most once, and never after {@link #secured}. */
  void failed(DtlsFailure why);

  /** The other side said goodbye after {@link #secured}. At most once. */
  void goodbye();

  /** The association is over. Exactly once, last of all but a {@link #rests}. */
  void ended();

  /**
   * Nothing more is said for now: the thread waits, or ends. For whoever would rather act on all
   * that was said since the last time together, than on each at once.
   */
  default void rests() {}
}
