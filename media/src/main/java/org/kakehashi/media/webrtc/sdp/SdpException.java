package org.kakehashi.media.webrtc.sdp;

/** A session description that cannot be used; the message is for people. */
public final class SdpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** Longer, or of more lines, than is read. */
    TOO_LARGE,
    /** Not SDP. */
    MALFORMED,
    /** Media on more than one transport. */
    NO_BUNDLE,
    /** RTCP on a port of its own. */
    NO_RTCP_MUX,
    /** No ICE credentials, or ICE-lite on both sides. */
    NO_ICE,
    /** No usable certificate fingerprint. */
    NO_FINGERPRINT,
    /** No DTLS role that could be answered. */
    DTLS_ROLE,
    /** No media line that is wanted, in a codec known here. */
    NOTHING_IN_COMMON
  }

  private final Fault fault;

  /** With a message for people. */
  public SdpException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What is wrong, for programs. */
  public Fault fault() {
    return fault;
  }

  static SdpException malformed(String message) {
    return new SdpException(Fault.MALFORMED, message);
  }
}
