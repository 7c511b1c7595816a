package org.kakehashi.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Media on its way to a player, with what caches need to know. Nothing here is compressed: it is
 * already. Thread: the request's.
 *
 * @param type its media type
 * @param caching {@code Cache-Control}
 * @param etag names this content; quoted
 */
record Sent(String type, String caching, String etag) {

  /** Sends a file of {@code size} bytes, or the range asked for; how many bytes that were. */
  long file(RoutingContext context, Path file, long size) {
    if (isKnown(context)) {
      return 0;
    }
    ByteRange range = range(context, size);
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
      return 0;
    }
    response.sendFile(file.toString(), range.first(), range.length()).onFailure(context::fail);
    return range.length();
  }

  /** Sends bytes, or the range of them asked for; how many bytes that were. */
  long bytes(RoutingContext context, byte[] bytes) {
    if (isKnown(context)) {
      return 0;
    }
    ByteRange range = range(context, bytes.length);
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
      return 0;
    }
    int first = (int) range.first();
    int length = (int) range.length();
    response.end(
        Buffer.buffer(
            length == bytes.length ? bytes : Arrays.copyOfRange(bytes, first, first + length)));
    return length;
  }

  private ByteRange range(RoutingContext context, long size) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, type)
            .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
            .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    return ByteRange.of(context, size)
        .map(
            range -> {
              response
                  .setStatusCode(206)
                  .putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(size));
              return range;
            })
        .orElseGet(() -> new ByteRange(0, size));
  }

  /** Answers 304 to who has it (RFC 9110, section 13.1.2). */
  boolean isKnown(RoutingContext context) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CACHE_CONTROL, caching)
            .putHeader(HttpHeaders.ETAG, etag);
    String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    boolean same =
        known != null
            && Arrays.stream(known.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    if (same) {
      response.setStatusCode(304).end();
    }
    return same;
  }
}
