package org.kakehashi.media.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys derived from a master key by AES in counter mode (RFC 3711 §4.3, RFC 7714 §11), for a key
 * derivation rate of 0.
 *
 * @param key for the cipher
 * @param salt of the profile's length
 */
record SessionKeys(byte[] key, byte[] salt) {
  private static final int RTP_KEY = 0;
  private static final int RTP_SALT = 2;
  private static final int RTCP_KEY = 3;
  private static final int RTCP_SALT = 5;
  private static final int LABEL_AT = 7;
  private static final int BLOCK = 16;

  static SessionKeys rtp(SrtpProfile profile, SrtpKeys.Master master) {
    return derive(profile, master, RTP_KEY, RTP_SALT);
  }

  static SessionKeys rtcp(SrtpProfile profile, SrtpKeys.Master master) {
    return derive(profile, master, RTCP_KEY, RTCP_SALT);
  }

  private static SessionKeys derive(
      SrtpProfile profile, SrtpKeys.Master master, int keyLabel, int saltLabel) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"));
      return new SessionKeys(
          block(aes, master.salt(), keyLabel),
          Arrays.copyOf(block(aes, master.salt(), saltLabel), profile.saltLength()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES", impossible);
    }
  }

  /** The first block of the key stream, which is as much as any of these keys needs. */
  private static byte[] block(Cipher aes, byte[] salt, int label) throws GeneralSecurityException {
    byte[] counter = Arrays.copyOf(salt, BLOCK);
    counter[LABEL_AT] ^= (byte) label;
    return aes.doFinal(counter);
  }

  @Override
  public String toString() {
    return "SessionKeys[…]"; // Keys stay out of logs.
  }
}
