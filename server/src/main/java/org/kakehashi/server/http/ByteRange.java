package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Which bytes of something are asked for (RFC 9110, section 14). Of several ranges, or in another
 * unit, all is sent, as a server may.
 *
 * @param first the first byte's position
 * @param length at least 1
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  /**
   * Reads {@code Range} for something of {@code size} bytes; empty for all of it.
   *
   * @throws ProblemException 416 if it begins behind the end
   */
  static Optional<ByteRange> of(@Nullable String header, long size) {
    Matcher one = header == null ? null : ONE.matcher(header.strip());
    if (one == null || !one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    long first;
    long last = size - 1;
    if (one.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(one.group(2)));
    } else {
      first = Long.parseLong(one.group(1));
      if (!one.group(2).isEmpty()) {
        long asked = Long.parseLong(one.group(2));
        if (asked < first) {
          return Optional.empty(); // Not valid: as if it were not there.
        }
        last = Math.min(last, asked);
      }
    }
    if (first > last) {
      throw ProblemType.NO_SUCH_RANGE.because("There are " + size + " bytes.").asException();
    }
    return Optional.of(new ByteRange(first, last - first + 1));
  }

  /** The same of a request; says on refusal how many bytes there are. */
  static Optional<ByteRange> of(RoutingContext context, long size) {
    try {
      return of(context.request().getHeader("Range"), size);
    } catch (ProblemException none) {
      context.response().putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
      throw none;
    }
  }

  /** As {@code Content-Range} writes it. */
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
  }
}
