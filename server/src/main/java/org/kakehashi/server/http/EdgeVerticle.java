package org.kakehashi.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server among several on the same port, one an event loop. Thread: its event loop, which
 * reads and writes; what may wait is done on virtual threads by {@link Endpoint} and {@link
 * SessionSocket} ({@code docs/decisions/0008-http-on-event-loops.md}).
 */
final class EdgeVerticle extends VerticleBase {
  private final HttpServerOptions options;
  private final Router router;
  private @Nullable HttpServer server;

  EdgeVerticle(HttpServerOptions options, Router router) {
    this.options = options;
    this.router = router;
  }

  @Override
  public Future<?> start() {
    HttpServer starting = vertx.createHttpServer(options).requestHandler(router);
    server = starting;
    return starting.listen();
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
