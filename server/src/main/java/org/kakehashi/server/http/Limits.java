package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.kakehashi.server.problem.ProblemType;

/** Says 429 to an address that asks too often (RFC 6585, section 4). */
final class Limits {
  private Limits() {}

  /** Takes a permit for the caller, or refuses, saying when to come back. */
  static void take(AddressRateLimit rate, RoutingContext context, String what) {
    Duration wait = rate.take(Caller.of(context).address());
    if (!wait.isZero()) {
      long seconds = wait.toSeconds() + 1;
      context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      throw ProblemType.TOO_MANY_REQUESTS
          .because("Too many %s from this address. Try again in %d s.".formatted(what, seconds))
          .asException();
    }
  }
}
