package org.kakehashi.server.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.kakehashi.server.metrics.HttpMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, and its share of the metrics. Secrets stay out: no headers, no query
 * string, and of a connection's unguessable id only the beginning.
 */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.kakehashi.requests");
  private static final Pattern CONNECTION = Pattern.compile("(/wh[ie]p/r/[^/]{6})[^/]*");
  private static final int MAX_PATH = 200;

  private final boolean written;
  private final HttpMetrics metrics;
  private final LongSupplier nanoTime;

  RequestLog(boolean written, HttpMetrics metrics, LongSupplier nanoTime) {
    this.written = written;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  void handle(RoutingContext context) {
    long start = nanoTime.getAsLong();
    context.addEndHandler(ended -> note(context, Duration.ofNanos(nanoTime.getAsLong() - start)));
    context.next();
  }

  private void note(RoutingContext context, Duration took) {
    int status = context.response().getStatusCode();
    String method = context.request().method().name();
    metrics.request(method, Endpoint.of(context), status, took);
    if (written) {
      LOG.info(
          "{} {} {} {} ms {}",
          method,
          readable(context.normalizedPath()),
          status,
          took.toMillis(),
          Caller.of(context).address().getHostAddress());
    }
  }

  /** A path as it can stand in a log: one line, not endless, no capability in it. */
  static String readable(String path) {
    String plain = CONNECTION.matcher(path).replaceAll("$1…").replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= MAX_PATH ? plain : plain.substring(0, MAX_PATH) + "…";
  }
}
