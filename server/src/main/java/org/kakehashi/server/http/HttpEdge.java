package org.kakehashi.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.http.Routes.SharedLimits;
import org.kakehashi.server.live.RequestReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a node: pages, API, sockets, from its start to its graceful end. Thread: {@link
 * #start} and {@link #stop} wait, and are called by the node's own thread.
 */
public final class HttpEdge {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

  private final Vertx vertx;
  private final HttpSettings settings;
  private final TlsSettings tls;
  private final SharedLimits limits;
  private final List<EdgeVerticle> verticles = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private List<Endpoint> endpoints = List.of();
  private volatile boolean ready;
  private @Nullable TlsFiles certificate;

  private HttpEdge(Vertx vertx, HttpSettings settings, TlsSettings tls) {
    this.vertx = vertx;
    this.settings = settings;
    this.tls = tls;
    this.limits =
        new SharedLimits(
            new AddressRateLimit(settings.offersPerMinute(), System::nanoTime),
            new AddressRateLimit(settings.socketsPerMinute(), System::nanoTime),
            new OpenSockets(settings.maxSockets()));
  }

  /**
   * Binds the port and serves.
   *
   * @param logRequests whether each request is logged
   * @param timings the session sockets' clocks
   * @throws EdgeException if the port cannot be bound
   * @throws TlsException if the certificate cannot be used
   */
  public static HttpEdge start(
      Vertx vertx,
      HttpSettings settings,
      TlsSettings tls,
      boolean logRequests,
      EdgeServices services,
      SocketTimings timings) {
    HttpEdge edge = new HttpEdge(vertx, settings, tls);
    services.metrics().sockets(edge.limits.openSockets()::count);
    Routes routes =
        new Routes(
            vertx,
            settings,
            logRequests,
            services,
            edge.limits,
            timings,
            new SecureRandom(),
            () -> edge.ready);
    edge.endpoints = routes.endpoints();
    Router router = routes.router(vertx);
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      edge.deploy(new EdgeVerticle(edge.options(), router));
    }
    tls.pem()
        .ifPresent(
            files ->
                vertx.setPeriodic(
                    tls.checkEvery().toMillis(), tick -> Thread.ofVirtual().start(edge::renew)));
    edge.ready = true;
    return edge;
  }

  /** The port bound. */
  public int port() {
    return verticles.getFirst().port();
  }

  /** The API's endpoints, for comparison with the contract. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /**
   * Stops: takes nothing new, tells sockets to reconnect (1001), lets requests under way end for as
   * long as configured. Harmless when repeated.
   */
  public void stop() {
    ready = false;
    limits
        .openSockets()
        .goAway()
        .completeOnTimeout(null, settings.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)
        .join();
    List<Future<Void>> ending = deployments.stream().map(vertx::undeploy).toList();
    deployments.clear();
    try {
      Future.join(ending).await(settings.shutdownGrace().toMillis() + 1, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn("Requests still under way after {} are cut off", settings.shutdownGrace());
    } catch (CompletionException e) {
      LOG.warn("The HTTP server did not stop in order", e.getCause());
    }
  }

  /**
   * Looks at the certificate's files and uses them if they have changed; keeps the certificate
   * before if they cannot be used.
   *
   * @return whether there is a new one in use
   */
  synchronized boolean renew() {
    TlsSettings.Files files = tls.pem().orElse(null);
    if (files == null) {
      return false;
    }
    try {
      TlsFiles read = TlsFiles.read(vertx, files);
      if (certificate != null && read.sameAs(certificate)) {
        return false;
      }
      certificate = read;
      ServerSSLOptions options = new ServerSSLOptions().setUseAlpn(true);
      options.setKeyCertOptions(read.pem());
      Future.all(verticles.stream().map(verticle -> verticle.renew(options)).toList()).await();
      LOG.info("New TLS certificate in use, valid until {}", read.expires());
      return true;
    } catch (TlsException e) {
      LOG.warn("{} The certificate before stays in use.", e.getMessage());
      return false;
    }
  }

  private void deploy(EdgeVerticle verticle) {
    try {
      deployments.add(vertx.deployVerticle(verticle).await());
      verticles.add(verticle);
    } catch (Exception e) { // Whatever the bind failed with, wrapped or not.
      stop();
      throw new EdgeException(
          "Port %d on %s cannot be used: %s. Is another server running? Choose another port with"
                  .formatted(settings.port(), settings.bind(), e.getMessage())
              + " http.port or KAKEHASHI_HTTP_PORT.",
          e);
    }
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.bind())
            // To Vert.x -1 is a free port, found once and shared; 0 would be one for each.
            .setPort(settings.port() == 0 ? -1 : settings.port())
            .setCompressionSupported(true)
            // HTTP/2 needs TLS here: an upgrade in clear text would carry requests past a proxy.
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) settings.idleTimeout().toMillis())
            .setMaxWebSocketFrameSize(RequestReader.MAX_CHARS)
            .setMaxWebSocketMessageSize(RequestReader.MAX_CHARS);
    tls.pem()
        .ifPresent(
            files -> {
              TlsFiles read = certificate == null ? TlsFiles.read(vertx, files) : certificate;
              certificate = read;
              options.setSsl(true).setUseAlpn(true).setKeyCertOptions(read.pem());
            });
    return options;
  }
}
