package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemType;

/** What operators and their tools ask for: health and metrics. Thread: the request's. */
final class Operators {
  private final BooleanSupplier ready;
  private final Supplier<String> metrics;
  private final String metricsToken;

  /**
   * @param ready whether requests can be served now
   * @param metrics all of them, in Prometheus's text format
   * @param metricsToken what must be shown to read them; empty for this machine only
   */
  Operators(BooleanSupplier ready, Supplier<String> metrics, String metricsToken) {
    this.ready = ready;
    this.metrics = metrics;
    this.metricsToken = metricsToken;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.at("/health/live").on(HttpMethod.GET, this::live),
        Endpoint.at("/health/ready").on(HttpMethod.GET, this::ready),
        Endpoint.at("/metrics").on(HttpMethod.GET, this::metrics));
  }

  private void live(RoutingContext context) {
    Answers.json(context, Map.of("status", "live"));
  }

  private void ready(RoutingContext context) {
    if (!ready.getAsBoolean()) {
      throw ProblemType.UNAVAILABLE.because("The server is starting or stopping.").asException();
    }
    Answers.json(context, Map.of("status", "ready"));
  }

  private void metrics(RoutingContext context) {
    if (metricsToken.isEmpty()) {
      requireThisMachine(Caller.of(context));
    } else {
      requireToken(context.request().getHeader(HttpHeaders.AUTHORIZATION));
    }
    Answers.text(
        context, "text/plain; version=0.0.4; charset=utf-8", Answers.NO_STORE, metrics.get());
  }

  private static void requireThisMachine(Caller caller) {
    // What a proxy on this machine passes on comes from elsewhere.
    if (caller.proxied() || !caller.address().isLoopbackAddress()) {
      throw ProblemType.WRONG_ROLE
          .because(
              "Metrics are for this machine only. Set http.metricsToken to read them from"
                  + " elsewhere.")
          .asException();
    }
  }

  private void requireToken(@Nullable String header) {
    if (header == null) {
      throw ProblemType.NO_TOKEN
          .because("Send http.metricsToken as \"Authorization: Bearer …\".")
          .asException();
    }
    byte[] sent = header.getBytes(StandardCharsets.UTF_8);
    byte[] right = ("Bearer " + metricsToken).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sent, right)) {
      throw ProblemType.BAD_TOKEN.because("This is not http.metricsToken.").asException();
    }
  }
}
