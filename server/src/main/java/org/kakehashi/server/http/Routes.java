package org.kakehashi.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.problem.ProblemType;

/** Which path leads where; {@code docs/api/openapi.yaml} in code. Thread: an event loop. */
final class Routes {
  private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 408, 413, 415, 500);

  private final HttpSettings settings;
  private final RequestLog log;
  private final SocketRoute socket;
  private final Pages pages;
  private final List<Endpoint> endpoints = new ArrayList<>();

  Routes(
      Vertx vertx,
      HttpSettings settings,
      boolean logRequests,
      EdgeServices services,
      SharedLimits limits,
      SocketTimings timings,
      RandomGenerator random,
      BooleanSupplier ready) {
    this.settings = settings;
    this.log = new RequestLog(logRequests, services.metrics(), System::nanoTime);
    this.pages = Pages.load();
    Access access = new Access(services.sessions(), services.tokens(), random);
    this.socket =
        new SocketRoute(
            access, limits.sockets(), limits.openSockets(), timings, System::nanoTime, vertx);
    endpoints.addAll(new Operators(ready, services.scrape(), settings.metricsToken()).endpoints());
    endpoints.addAll(new Contract(services.demo()).endpoints());
    endpoints.addAll(new SessionResources(services.sessions(), access).endpoints());
    // Before the offers: `r` is no session.
    endpoints.addAll(new MediaConnections(access).endpoints());
    endpoints.addAll(new MediaOffers(access, limits.offers()).endpoints());
    PlayerAccess players = new PlayerAccess(services.tokens(), access);
    Replays replays = services.replays();
    endpoints.addAll(new PlayerTokens(services.tokens(), access, replays).endpoints());
    endpoints.addAll(new HlsResources(replays, players).endpoints());
    endpoints.addAll(new RecordingResources(replays, access).endpoints());
    endpoints.addAll(new Downloads(replays, players).endpoints());
  }

  /** Limits that hold for the whole node, however many verticles serve it. */
  record SharedLimits(AddressRateLimit offers, AddressRateLimit sockets, OpenSockets openSockets) {}

  /** All endpoints of the API, for comparison with the contract. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(this::identify);
    router.route().handler(log::handle);
    router.route().handler(SecurityHeaders::handle);
    router.route().handler(new Cors(settings.allowedOrigins())::handle);
    socket.mount(router);
    endpoints.stream().filter(Endpoint::isPatient).forEach(endpoint -> endpoint.mount(router));
    for (Endpoint endpoint : endpoints) {
      if (endpoint.maxBody() > 0) {
        router
            .route(endpoint.route())
            .handler(BodyHandler.create(false).setBodyLimit(endpoint.maxBody()));
      }
    }
    router
        .route()
        .handler(TimeoutHandler.create(settings.requestTimeout().toMillis(), 408))
        .handler(BodyHandler.create(false).setBodyLimit(settings.maxBody()));
    endpoints.stream()
        .filter(endpoint -> !endpoint.isPatient())
        .forEach(endpoint -> endpoint.mount(router));
    pages.mount(router);
    router.route().handler(Routes::nothingHere);
    router.route().failureHandler(ProblemAnswers::answerFailure);
    // What the router refuses before any route of ours is asked.
    STATUSES.forEach(status -> router.errorHandler(status, ProblemAnswers::answerFailure));
    return router;
  }

  private void identify(RoutingContext context) {
    Caller.identify(context, settings.trustedProxies());
    try {
      context.normalizedPath();
    } catch (IllegalArgumentException e) { // Nothing after this could tell where it leads.
      throw ProblemType.MALFORMED.because("The address has a broken % escape.").asException();
    }
    context.next();
  }

  private static void nothingHere(RoutingContext context) {
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(204).end();
      return;
    }
    throw ProblemType.NOT_FOUND
        .because("Check the address. The API is described at /api/openapi.yaml.")
        .asException();
  }
}
