package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Lets pages of other origins use WHIP, WHEP and the API (Fetch standard, "CORS protocol"). Never
 * with credentials: the API takes tokens, and the player's cookie is of no use to other origins, so
 * that another page can only do what its visitor gave it a token for.
 */
final class Cors {
  private final List<String> origins;

  Cors(List<String> origins) {
    this.origins = List.copyOf(origins);
  }

  void handle(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    HttpServerResponse response = context.response();
    boolean all = origins.contains("*");
    if (!all) {
      response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    if (origin != null && (all || origins.contains(origin))) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, all ? "*" : origin)
          .putHeader(
              HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
              "Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After, WWW-Authenticate,"
                  + " Content-Range, Content-Length, Accept-Ranges, Age, Date");
      if (context.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
        response
            .putHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PATCH, PUT, DELETE")
            .putHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                "Authorization, Content-Type, If-Match, If-None-Match, Accept, Range")
            .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
      }
    }
    context.next();
  }
}
