package org.kakehashi.media.webrtc.srtp;

/**
 * What DTLS agreed on (RFC 5764 §4.2).
 *
 * @param profile the protection profile
 * @param local protects what we send
 * @param remote protects what we receive
 */
public record SrtpKeys(SrtpProfile profile, Master local, Master remote) {

  /** A master key and its salt. Not copied; not to be changed. */
  public record Master(byte[] key, byte[] salt) {
    @Override
    public String toString() {
      return "Master[…]"; // Keys stay out of logs.
    }
  }
}
