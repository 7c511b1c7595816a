package org.kakehashi.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the environment, or the command line, says instead of the file. */
final class Overrides {
  /** Environment variable → key. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "KAKEHASHI_HTTP_PORT", "http.port",
          "KAKEHASHI_HTTP_BIND", "http.bind",
          "KAKEHASHI_PUBLIC_URL", "http.publicUrl",
          "KAKEHASHI_METRICS_TOKEN", "http.metricsToken",
          "KAKEHASHI_MEDIA_PORT", "media.port",
          "KAKEHASHI_PUBLIC_ADDRESS", "media.publicAddresses",
          "KAKEHASHI_TOKEN_KEY", "people.tokenKey",
          "KAKEHASHI_LOG_LEVEL", "log.level");

  private final Map<String, Override> byPath;

  private Overrides(Map<String, Override> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /**
   * A value from elsewhere.
   *
   * @param variable where it comes from, for messages
   * @param value its text
   */
  record Override(String variable, String value) {}

  /** Every variable that is read, for the manual's test. */
  static Set<String> variables() {
    return VARIABLES.keySet();
  }

  static Overrides from(Map<String, String> environment) {
    Map<String, Override> byPath = new HashMap<>();
    VARIABLES.forEach(
        (variable, path) -> {
          String value = environment.get(variable);
          if (value != null && !value.isBlank()) {
            byPath.put(path, new Override(variable, value));
          }
        });
    return new Overrides(byPath);
  }

  @Nullable Override of(String path) {
    return byPath.get(path);
  }
}
