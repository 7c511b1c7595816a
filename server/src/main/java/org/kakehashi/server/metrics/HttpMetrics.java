package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;

/** Requests and sockets. Thread: any. */
public final class HttpMetrics {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry registry;

  /** Registers with {@code registry}. */
  public HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts one request.
   *
   * @param method as sent; unknown ones are counted together
   * @param route the path as the contract writes it, without ids
   */
  public void request(String method, String route, int status, Duration took) {
    Timer.builder("kakehashi.http.requests")
        .description("HTTP requests answered")
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }

  /** Shows how many session sockets are open. */
  public void sockets(IntSupplier open) {
    Gauge.builder("kakehashi.sockets", open::getAsInt)
        .description("Session sockets open")
        .register(registry);
  }
}
