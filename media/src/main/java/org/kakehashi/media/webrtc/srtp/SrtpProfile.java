package org.kakehashi.media.webrtc.srtp;

import java.util.Optional;
import org.jitsi.srtp.SrtpPolicy;

/** The protection profiles offered in DTLS, in our order of preference. */
public enum SrtpProfile {
  /** RFC 7714: encrypts and authenticates in one pass. */
  AEAD_AES_128_GCM(7, 12),
  /** RFC 5764: what every client has. */
  AES_CM_128_HMAC_SHA1_80(1, 14);

  /** The master key's length in bytes, the same for all. */
  public static final int KEY_LENGTH = 16;

  private final int id;
  private final int saltLength;

  SrtpProfile(int id, int saltLength) {
    this.id = id;
    this.saltLength = saltLength;
  }

  /** Its number in the use_srtp extension (RFC 5764 §4.1.2). */
  public int id() {
    return id;
  }

  /** The master salt's length in bytes. */
  public int saltLength() {
    return saltLength;
  }

  /** The profile of that number, if it is known here. */
  public static Optional<SrtpProfile> of(int id) {
    for (SrtpProfile profile : values()) {
      if (profile.id == id) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  SrtpPolicy policy() {
    SrtpPolicy policy =
        switch (this) {
          case AEAD_AES_128_GCM ->
              new SrtpPolicy(
                  SrtpPolicy.AESGCM_ENCRYPTION,
                  KEY_LENGTH,
                  SrtpPolicy.NULL_AUTHENTICATION,
                  0,
                  16,
                  saltLength);
          case AES_CM_128_HMAC_SHA1_80 ->
              new SrtpPolicy(
                  SrtpPolicy.AESCM_ENCRYPTION,
                  KEY_LENGTH,
                  SrtpPolicy.HMACSHA1_AUTHENTICATION,
                  20,
                  10,
                  saltLength);
        };
    policy.setSendReplayEnabled(false); // A retransmission has the sequence number it had before.
    return policy;
  }
}
