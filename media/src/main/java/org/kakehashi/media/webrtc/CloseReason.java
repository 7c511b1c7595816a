package org.kakehashi.media.webrtc;

import java.util.Locale;

/** Why a peer ended; {@link #label} is its label in metrics. */
public enum CloseReason {
  /** Its owner asked for it, for instance by {@code DELETE}. */
  REQUESTED,
  /** The peer said goodbye: DTLS close_notify. */
  GOODBYE,
  /** No authenticated connectivity check came in time: wrong address, or a firewall. */
  NO_CHECKS,
  /** DTLS did not complete in time. */
  HANDSHAKE_TIMEOUT,
  /** DTLS failed: no common cipher suite or SRTP profile, or a broken client. */
  HANDSHAKE_FAILED,
  /** The peer's certificate is not the one its offer announced. */
  FINGERPRINT_MISMATCH,
  /** It vanished: no authenticated check for the time consent lasts (RFC 7675). */
  CONSENT_EXPIRED,
  /** The session ended. */
  SESSION_ENDED,
  /** Someone with the right to do so removed it. */
  REMOVED,
  /** The port is closing. */
  SHUTDOWN,
  /** A fault of ours. */
  FAULT;

  /** For metrics: lower case, words joined by underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
