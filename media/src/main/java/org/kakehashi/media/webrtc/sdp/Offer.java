package org.kakehashi.media.webrtc.sdp;

import java.util.List;

/**
 * An offer whose transport can be answered.
 *
 * @param credentials the offerer's, for the one transport
 * @param fingerprints of the certificate the offerer will show; at least one
 * @param role the part that is left to us in the DTLS handshake
 * @param media every line, in its order
 */
public record Offer(
    IceCredentials credentials,
    List<Fingerprint> fingerprints,
    DtlsRole role,
    List<OfferedMedia> media) {

  /** Copies the lists. */
  public Offer {
    fingerprints = List.copyOf(fingerprints);
    media = List.copyOf(media);
  }
}
