package org.kakehashi.media.webrtc.sdp;

import java.util.List;

/**
 * Our side of the one transport.
 *
 * @param credentials for the checks the offerer sends
 * @param fingerprint of our certificate
 * @param role our part in the DTLS handshake
 * @param candidates where we can be reached; at least one, the default one first
 */
public record LocalTransport(
    IceCredentials credentials,
    Fingerprint fingerprint,
    DtlsRole role,
    List<Candidate> candidates) {

  /** Copies the list. */
  public LocalTransport {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("no candidate");
    }
  }
}
