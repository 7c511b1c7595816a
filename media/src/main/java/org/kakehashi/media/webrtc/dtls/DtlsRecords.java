package org.kakehashi.media.webrtc.dtls;

/**
 * Looks at a datagram's records before BouncyCastle does, which takes a protected record that is
 * too short for its cipher, or a version that was never given out, as a reason to end the
 * association: anybody who can forge a source address could.
 *
 * <pre>
 *   type(1) version(2) epoch(2) sequence(6) length(2) fragment …      RFC 6347 §4.1
 * </pre>
 */
public final class DtlsRecords {
  private static final int HEADER = 13;

  /** The nonce and the tag of AES-GCM, the only ciphers offered (RFC 5288 §3). */
  private static final int PROTECTION = 8 + 16;

  private static final int MAJOR = 0xFE;

  /** DTLS 1.0, which first records may bear whatever they ask for, and 1.2 (RFC 6347 §4.1). */
  private static final int DTLS_1_0 = 0xFF;

  private static final int DTLS_1_2 = 0xFD;

  private DtlsRecords() {}

  /** Whether {@code datagram} is a chain of whole records that can be what they say. */
  public static boolean wellFormed(byte[] datagram) {
    int at = 0;
    while (at < datagram.length) {
      if (datagram.length - at < HEADER || !isVersion(datagram[at + 1], datagram[at + 2])) {
        return false;
      }
      boolean isProtected = datagram[at + 3] != 0 || datagram[at + 4] != 0;
      int length = (datagram[at + 11] & 0xFF) << 8 | datagram[at + 12] & 0xFF;
      if (isProtected && length < PROTECTION || length > datagram.length - at - HEADER) {
        return false;
      }
      at += HEADER + length;
    }
    return datagram.length > 0;
  }

  private static boolean isVersion(byte major, byte minor) {
    int low = minor & 0xFF;
    return (major & 0xFF) == MAJOR && (low == DTLS_1_0 || low == DTLS_1_2);
  }
}
