package org.kakehashi.media.rtp;

/**
 * What became of an arrived RTP packet: one value to count it by, and the label of that counter.
 */
public enum Verdict {
  /** Taken. */
  ACCEPTED,
  /** Shorter than its header says it is, or than a header. */
  TRUNCATED,
  /** Not RTP version 2. */
  WRONG_VERSION,
  /** The header extension reaches beyond the packet. */
  BAD_EXTENSION,
  /** The padding is empty or larger than what there is to pad (RFC 3550 A.1). */
  BAD_PADDING,
  /** A payload type that was not negotiated for this stream. */
  UNKNOWN_PAYLOAD_TYPE,
  /** Padding only: bandwidth probes of the sender. Taken into account, but nothing to forward. */
  EMPTY,
  /** Was here before. */
  DUPLICATE,
  /** So late that nobody can tell whether it was here before. */
  TOO_LATE,
  /** Far from the sequence so far; the next one tells whether the sender restarted (A.1). */
  SEQUENCE_JUMP,
  /** A RED payload whose blocks do not add up (RFC 2198). */
  BAD_REDUNDANCY,
  /** A retransmission without an original sequence number (RFC 4588). */
  BAD_RETRANSMISSION;

  /** Whether the packet is well formed and new, so that what it carries was used. */
  public boolean isAccepted() {
    return this == ACCEPTED;
  }
}
