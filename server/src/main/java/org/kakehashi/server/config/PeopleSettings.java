package org.kakehashi.server.config;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Links and the tokens in them.
 *
 * @param key the signing key in base64; empty to make one in the data folder
 * @param linksLast how long a link works
 */
public record PeopleSettings(String key, Duration linksLast) {
  /** What holds where the file says nothing. */
  public static final PeopleSettings DEFAULT = new PeopleSettings("", Duration.ofDays(30));

  static PeopleSettings read(Section in) {
    return new PeopleSettings(
        in.scalar("tokenKey", DEFAULT.key, PeopleSettings::key),
        in.duration("linksLast", DEFAULT.linksLast, Duration.ofMinutes(1), Duration.ofDays(730)));
  }

  /** The signing key in base64, if it is configured. */
  public Optional<String> tokenKey() {
    return key.isEmpty() ? Optional.empty() : Optional.of(key);
  }

  private static String key(String text) {
    boolean usable;
    try {
      usable = text.isEmpty() || Base64.getDecoder().decode(text).length >= 32;
    } catch (IllegalArgumentException e) {
      usable = false;
    }
    if (!usable) {
      // The value itself is not repeated: messages end up in logs.
      throw new IllegalArgumentException(
          "must be 32 bytes or more in base64, as `openssl rand -base64 32` prints them.");
    }
    return text;
  }

  @Override
  public String toString() {
    return "PeopleSettings[key=hidden, linksLast=" + linksLast + "]";
  }
}
