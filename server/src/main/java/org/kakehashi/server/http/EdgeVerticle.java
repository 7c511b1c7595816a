package org.kakehashi.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server among several on the same port, so that a request that waits for its session
 * holds up few others. Thread: its own virtual ones, one at a time.
 */
final class EdgeVerticle extends VerticleBase {
  private final HttpServerOptions options;
  private final Supplier<Routes> routes;
  private @Nullable HttpServer server;
  private List<Endpoint> endpoints = List.of();

  EdgeVerticle(HttpServerOptions options, Supplier<Routes> routes) {
    this.options = options;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    Routes table = routes.get();
    endpoints = table.endpoints();
    HttpServer starting = vertx.createHttpServer(options).requestHandler(table.router(vertx));
    server = starting;
    return starting.listen();
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The port bound. */
  int port() {
    return server == null ? 0 : server.actualPort();
  }

  /** Uses another certificate for connections from now on. */
  Future<Boolean> renew(ServerSSLOptions certificate) {
    return server == null
        ? Future.succeededFuture(false)
        : server.updateSSLOptions(certificate, true);
  }
}
