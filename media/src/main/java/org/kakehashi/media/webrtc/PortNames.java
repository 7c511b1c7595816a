package org.kakehashi.media.webrtc;

import java.security.SecureRandom;
import java.util.Base64;
import org.kakehashi.media.webrtc.sdp.IceCredentials;

/** Names nobody can guess. Any thread. */
final class PortNames {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final SecureRandom random;

  PortNames(SecureRandom random) {
    this.random = random;
  }

  /** 128 bits, safe in a URL. */
  String id() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** More than the 24 and 128 bits that RFC 8445 §5.3 wants. */
  IceCredentials credentials() {
    return new IceCredentials(iceChars(12), iceChars(28));
  }

  private String iceChars(int count) {
    StringBuilder chars = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      chars.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return chars.toString();
  }

  /** An SSRC, never 0. */
  int ssrc() {
    int ssrc;
    do {
      ssrc = random.nextInt();
    } while (ssrc == 0);
    return ssrc;
  }

  /** For the {@code o=} line. */
  long sessionId() {
    return random.nextLong(1, 1L << 62);
  }

  /** For what need not be secret. */
  SecureRandom random() {
    return random;
  }
}
