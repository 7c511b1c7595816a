package org.kakehashi.media.webrtc.sdp;

/**
 * One side's short-term credentials for connectivity checks (RFC 8839 §5.4).
 *
 * @param ufrag the username fragment, 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String password) {

  /** Whether both have the length and characters the RFC allows. */
  public boolean valid() {
    return valid(ufrag, 4) && valid(password, 22);
  }

  private static boolean valid(String text, int least) {
    return text.length() >= least
        && text.length() <= 256
        && text.chars().allMatch(IceCredentials::iceChar);
  }

  private static boolean iceChar(int c) {
    // '-' and '_' and '=' are not ice-chars, but clients in use have sent them.
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_'
        || c == '=';
  }

  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]"; // The password stays out of logs.
  }
}
