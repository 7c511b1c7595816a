package org.kakehashi.server.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import org.kakehashi.server.problem.Problem;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns whatever stopped a request into a problem document (RFC 9457), in one place. Thread: the
 * request's.
 */
final class ProblemAnswers {
  /** Media type of a problem document. */
  static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  /** How long a client may still send what it was refused for. */
  private static final long LINGER_MILLIS = 1_000;

  private ProblemAnswers() {}

  /** The router's failure handler. */
  static void answerFailure(RoutingContext context) {
    answer(context, problemOf(context));
  }

  /** Ends the request with {@code problem}, unless its answer is under way already. */
  static void answer(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    ProblemType type = problem.type();
    response.setStatusCode(type.status()).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (type.status() == 401) {
      response.putHeader(
          "WWW-Authenticate",
          type == ProblemType.BAD_TOKEN
              ? "Bearer realm=\"kakehashi\", error=\"invalid_token\""
              : "Bearer realm=\"kakehashi\"");
    }
    if (type.status() == 503 && !response.headers().contains(HttpHeaders.RETRY_AFTER)) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "5");
    }
    if (type == ProblemType.TOO_LARGE || type == ProblemType.TOO_SLOW) {
      // The rest of the body is of no use; on this connection nothing can follow it.
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      response.end(Documents.write(problem)).onComplete(sent -> closeOnceRead(context));
    } else {
      response.end(Documents.write(problem));
    }
  }

  /**
   * Closed while the client still sends, the connection would be reset, and the answer lost with it
   * (RFC 9112 §9.6).
   */
  private static void closeOnceRead(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      request.connection().close();
    } else {
      context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
    }
  }

  private static Problem problemOf(RoutingContext context) {
    if (context.failure() instanceof ProblemException refused) {
      return refused.problem();
    }
    return switch (context.statusCode()) {
      case 400 -> ProblemType.MALFORMED.because("The address or a header cannot be read.");
      case 404 -> ProblemType.NOT_FOUND.because("Check the address.");
      case 405 -> ProblemType.METHOD_NOT_ALLOWED.because("See /api/openapi.yaml.");
      case 406 -> ProblemType.NOT_ACCEPTABLE.because("See /api/openapi.yaml.");
      case 408 -> ProblemType.TOO_SLOW.because("Send the request again.");
      case 413 -> ProblemType.TOO_LARGE.because("The body is longer than this server reads.");
      case 415 -> ProblemType.WRONG_MEDIA_TYPE.because("See /api/openapi.yaml.");
      default -> {
        // The path only: a query string may hold a token.
        LOG.atLevel(wentAway(context) ? Level.DEBUG : Level.ERROR)
            .setCause(context.failure())
            .log("{} {} failed", context.request().method(), context.request().path());
        yield ProblemType.INTERNAL.because(
            "It is in the server's log. Try again; if it stays, tell the organiser.");
      }
    };
  }

  /**
   * Whether whoever asked left before the answer or amid it: players drop what they no longer need
   * whenever somebody seeks or closes a page.
   */
  private static boolean wentAway(RoutingContext context) {
    return context.failure() instanceof HttpClosedException
        || context.failure() instanceof IOException && context.response().headWritten();
  }
}
