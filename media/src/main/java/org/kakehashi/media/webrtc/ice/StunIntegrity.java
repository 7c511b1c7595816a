package org.kakehashi.media.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489 §14.5, §14.7), over raw bytes. */
public final class StunIntegrity {
  private static final int HEADER = 20;
  private static final int HMAC = 20;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int FINGERPRINT = 0x8028;
  private static final String ALGORITHM = "HmacSHA1";

  /** Copied for each message: looking it up among the JDK's providers is dearer than the rest. */
  private static final Mac FRESH = fresh();

  private StunIntegrity() {}

  private static Mac fresh() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA1", impossible);
    }
  }

  /** A copy of {@code message} with a MESSAGE-INTEGRITY made with {@code password} at its end. */
  public static byte[] sign(byte[] message, String password) {
    byte[] signed = Arrays.copyOf(message, message.length + 4 + HMAC);
    StunRequest.putUint16(signed, 2, signed.length - HEADER);
    StunRequest.putUint16(signed, message.length, MESSAGE_INTEGRITY);
    StunRequest.putUint16(signed, message.length + 2, HMAC);
    byte[] hmac = hmac(signed, message.length, password);
    System.arraycopy(hmac, 0, signed, message.length + 4, HMAC);
    return signed;
  }

  /** A copy of {@code message} with a FINGERPRINT at its end. */
  public static byte[] fingerprint(byte[] message) {
    byte[] marked = Arrays.copyOf(message, message.length + 8);
    StunRequest.putUint16(marked, 2, marked.length - HEADER);
    StunRequest.putUint16(marked, message.length, FINGERPRINT);
    StunRequest.putUint16(marked, message.length + 2, 4);
    CRC32 crc = new CRC32();
    crc.update(marked, 0, message.length);
    int value = (int) crc.getValue() ^ 0x5354554E;
    StunRequest.putUint16(marked, message.length + 4, value >>> 16);
    StunRequest.putUint16(marked, message.length + 6, value);
    return marked;
  }

  static byte[] hmac(byte[] bytes, int length, String password) {
    try {
      Mac mac = (Mac) FRESH.clone();
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException | CloneNotSupportedException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA1", impossible);
    }
  }
}
