package org.kakehashi.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers to {@code GET}, and to {@code HEAD} without the body (RFC 9110, section 9.3.2). */
final class Answers {
  /** To be asked for again each time. */
  static final String NO_CACHE = "no-cache";

  /** Not to be kept at all. */
  static final String NO_STORE = "no-store";

  private Answers() {}

  /** Answers with {@code document} as JSON, as it is now. */
  static void json(RoutingContext context, Object document) {
    send(context, "application/json", NO_STORE, Documents.write(document));
  }

  /** Answers with a text of this media type. */
  static void text(RoutingContext context, String type, String caching, String text) {
    send(context, type, caching, Buffer.buffer(text));
  }

  /** Answers with {@code body}. */
  static void send(RoutingContext context, String type, String caching, Buffer body) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, type)
            .putHeader(HttpHeaders.CACHE_CONTROL, caching);
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
