package org.kakehashi.media.webrtc.sdp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate's hash, as {@code a=fingerprint} has it (RFC 8122 §5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param hex upper-case pairs with colons between
 */
public record Fingerprint(String algorithm, String hex) {

  /** Reads an attribute's value; empty if its algorithm is too weak or it is malformed. */
  public static Optional<Fingerprint> parse(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String algorithm = value.substring(0, space).toLowerCase(Locale.ROOT);
    String hex = value.substring(space + 1).toUpperCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case "sha-256" -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default -> -1;
        };
    if (hex.length() != bytes * 3 - 1) {
      return Optional.empty();
    }
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      boolean good = i % 3 == 2 ? c == ':' : HexFormat.isHexDigit(c);
      if (!good) {
        return Optional.empty();
      }
    }
    return Optional.of(new Fingerprint(algorithm, hex));
  }

  /** Of a hash computed here. */
  public static Fingerprint of(String algorithm, byte[] hash) {
    return new Fingerprint(algorithm, HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash));
  }

  /** As it stands in SDP, after {@code a=fingerprint:}. */
  public String attribute() {
    return algorithm + " " + hex;
  }
}
