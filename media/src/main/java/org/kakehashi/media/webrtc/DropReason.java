package org.kakehashi.media.webrtc;

import java.util.Locale;

/** Why something received, or about to be sent, was dropped; {@link #label} labels metrics. */
public enum DropReason {
  /** First byte of none of STUN, DTLS, RTP (RFC 7983), or nothing in it. */
  NOT_OURS,
  /** Longer than any packet that is accepted. */
  TOO_LONG,
  /** From an address no peer has been authenticated on. */
  UNKNOWN_ADDRESS,
  /** Not a STUN message, or a kind that is not expected here. */
  STUN_MALFORMED,
  /** A STUN request that is not authenticated: answered with an error. */
  STUN_REFUSED,
  /** A STUN request that is not authenticated, beyond the rate at which those are answered. */
  STUN_RATE,
  /** The queue to the DTLS association is full. */
  DTLS_QUEUE,
  /** Not a chain of whole DTLS records. */
  DTLS_MALFORMED,
  /** A DTLS record where none is expected. */
  DTLS_UNEXPECTED,
  /** RTP or RTCP before the keys are known. */
  NO_KEYS,
  /** SRTP or SRTCP with a wrong authentication tag. */
  SRTP_AUTH,
  /** SRTP or SRTCP that was received before, or is too old to tell. */
  SRTP_REPLAY,
  /** Too short, or its header does not hold together. */
  RTP_MALFORMED,
  /** RTP of no stream of the answer. */
  RTP_UNKNOWN_STREAM,
  /** Late, twice, or beyond what the receive stream keeps. */
  RTP_UNUSABLE,
  /** RTCP that does not hold together. */
  RTCP_MALFORMED,
  /** A codec the listener did not agree to. */
  CODEC_NOT_AGREED,
  /** A video packet before the key frame that starts a new picture. */
  AWAITING_KEY_FRAME,
  /** The socket takes no more for now. */
  SEND_QUEUE,
  /** The kernel refused to send it: no route, or a firewall. */
  SEND_FAILED,
  /** The queue from one loop to another is full. */
  LOOP_QUEUE,
  /** A TCP frame of an impossible length, or a connection that began with something else. */
  TCP_MALFORMED,
  /** A TCP connection beyond the limit. */
  TCP_LIMIT;

  /** For metrics: lower case, words joined by underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
