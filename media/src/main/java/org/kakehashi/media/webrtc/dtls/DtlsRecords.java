package org.kakehashi.media.webrtc.dtls;

/**
 * Looks at a datagram's records before BouncyCastle does, which takes a protected record that is
 * too short for its cipher as a reason to end the association: anybody who can forge a source
 * address could.
 *
 * <pre>
 *   type(1) version(2) epoch(2) sequence(6) length(2) fragment …      RFC 6347 §4.1
 * </pre>
 */
public final class DtlsRecords {
  private static final int HEADER = 13;

  /** The nonce and the tag of AES-GCM, the only ciphers offered (RFC 5288 §3). */
  private static final int PROTECTION = 8 + 16;

  private DtlsRecords() {}

  /** Whether {@code datagram} is a chain of whole records that can be what they say. */
  public static boolean wellFormed(byte[] datagram) {
    int at = 0;
    while (at < datagram.length) {
      if (datagram.length - at < HEADER || (datagram[at + 1] & 0xFF) != 0xFE) {
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
}
