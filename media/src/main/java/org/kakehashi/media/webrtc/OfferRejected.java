package org.kakehashi.media.webrtc;

import java.util.Locale;
import org.kakehashi.media.webrtc.sdp.SdpException;

/** An offer that cannot be answered. The message is for people, and says how to mend it. */
public final class OfferRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the offer. */
  public enum Reason {
    /** Longer, or of more lines, than is read. */
    TOO_LARGE,
    /** Not SDP (RFC 8866). */
    MALFORMED,
    /** Not all media on one transport (RFC 9143). */
    NO_BUNDLE,
    /** RTP and RTCP not on one port (RFC 5761). */
    NO_RTCP_MUX,
    /** No ICE username fragment or password (RFC 8839), or the other side is ICE-lite too. */
    NO_ICE,
    /** No usable certificate fingerprint (RFC 8122). */
    NO_FINGERPRINT,
    /** Its {@code a=setup} leaves no DTLS role to take. */
    DTLS_ROLE,
    /** Nothing in it that this peer is allowed, in a codec known here. */
    NOTHING_IN_COMMON,
    /** The port has as many peers as it may; try later. */
    AT_CAPACITY;

    /** For metrics and problem types: lower case, words joined by dashes. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;

  /** Rejects with a message for people. */
  public OfferRejected(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static OfferRejected of(SdpException unusable) {
    Reason reason =
        switch (unusable.fault()) {
          case TOO_LARGE -> Reason.TOO_LARGE;
          case MALFORMED -> Reason.MALFORMED;
          case NO_BUNDLE -> Reason.NO_BUNDLE;
          case NO_RTCP_MUX -> Reason.NO_RTCP_MUX;
          case NO_ICE -> Reason.NO_ICE;
          case NO_FINGERPRINT -> Reason.NO_FINGERPRINT;
          case DTLS_ROLE -> Reason.DTLS_ROLE;
          case NOTHING_IN_COMMON -> Reason.NOTHING_IN_COMMON;
        };
    return new OfferRejected(reason, String.valueOf(unusable.getMessage()));
  }

  /** What is wrong, for programs. */
  public Reason reason() {
    return reason;
  }
}
