package org.kakehashi.media.webrtc.sdp;

/** Who begins the DTLS handshake (RFC 8842): the answerer's part in it. */
public enum DtlsRole {
  /** The answerer waits: it is the DTLS server. What offers usually leave us. */
  PASSIVE,
  /** The answerer begins: it is the DTLS client. For offers that insist on waiting themselves. */
  ACTIVE;

  /** As it stands in {@code a=setup}. */
  public String attribute() {
    return this == PASSIVE ? "passive" : "active";
  }
}
