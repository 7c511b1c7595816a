package org.kakehashi.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;
import org.kakehashi.server.live.RequestReader;
import org.kakehashi.server.problem.ProblemType;

/** Where session sockets are opened: {@code GET /ws/{session}}. Thread: an event loop. */
final class SocketRoute {
  static final String PATH = "/ws/{session}";

  private final Access access;
  private final AddressRateLimit rate;
  private final OpenSockets sockets;
  private final SocketTimings timings;
  private final LongSupplier nanoTime;
  private final Vertx vertx;
  private final RequestReader reader = new RequestReader();

  SocketRoute(
      Access access,
      AddressRateLimit rate,
      OpenSockets sockets,
      SocketTimings timings,
      LongSupplier nanoTime,
      Vertx vertx) {
    this.access = access;
    this.rate = rate;
    this.sockets = sockets;
    this.timings = timings;
    this.nanoTime = nanoTime;
    this.vertx = vertx;
  }

  void mount(Router router) {
    router.get("/ws/:session").handler(this::upgrade);
  }

  private void upgrade(RoutingContext context) {
    Endpoint.name(context, PATH);
    if (!context.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      throw ProblemType.MALFORMED
          .because("This is a WebSocket: see docs/api/session-socket.md.")
          .asException();
    }
    Limits.take(rate, context, "session sockets");
    if (!sockets.reserve()) {
      throw ProblemType.AT_CAPACITY.because("Too many session sockets.").asException();
    }
    String session = context.pathParam("session");
    context
        .request()
        .toWebSocket()
        .onSuccess(
            wire -> {
              SessionSocket socket =
                  new SessionSocket(
                      wire, session, access, sockets::hasRoomFor, reader, timings, nanoTime, vertx);
              sockets.add(socket);
              socket.open(() -> sockets.remove(socket));
            })
        .onFailure(
            error -> {
              sockets.release();
              context.fail(400, error);
            });
  }
}
