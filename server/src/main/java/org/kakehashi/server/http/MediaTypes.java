package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemType;

/** What a body is, and what a client takes (RFC 9110, sections 8.3 and 12.5.1). */
final class MediaTypes {
  private MediaTypes() {}

  /** Refuses a body of any other type than {@code expected} with 415. */
  static void require(RoutingContext context, String expected) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !bare(type).equals(expected)) {
      throw ProblemType.WRONG_MEDIA_TYPE
          .because("Send the body with \"Content-Type: " + expected + "\".")
          .asException();
    }
  }

  /** Whether a client that sent this {@code Accept}, or none, takes {@code type}. */
  static boolean accepts(@Nullable String header, String type) {
    if (header == null || header.isBlank()) {
      return true;
    }
    String group = type.substring(0, type.indexOf('/')) + "/*";
    return Arrays.stream(header.split(","))
        .filter(range -> !range.matches(".*;\\s*q=0(\\.0*)?\\s*(;.*)?"))
        .map(MediaTypes::bare)
        .anyMatch(range -> range.equals("*/*") || range.equals(group) || range.equals(type));
  }

  private static String bare(String type) {
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
