package org.kakehashi.server.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.metrics.HlsMetrics;
import org.kakehashi.server.metrics.HttpMetrics;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.people.SigningKey;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.replay.JournalNotes;
import org.kakehashi.server.replay.RecordingCatalogue;
import org.kakehashi.server.replay.RecordingEdits;
import org.kakehashi.server.replay.RecordingViews;
import org.kakehashi.server.store.FolderStore;

/** A real server on a free port of the loopback, over sessions without media. */
final class Edge implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  final FakeSessions sessions = new FakeSessions();
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Tokens tokens =
      new Tokens(
          vertx,
          SigningKey.configured(Base64.getEncoder().encodeToString(new byte[32])),
          InstantSource.system());
  final Path data = folder();
  final RecordingCatalogue catalogue =
      new RecordingCatalogue(data, RecordingsSettings.DEFAULT, InstantSource.system());
  final Replays replays =
      new Replays(
          catalogue,
          new RecordingViews(catalogue, new FolderStore(data), System::nanoTime),
          new RecordingEdits(
              new JournalNotes(sessions, new FolderStore(data), InstantSource.system()),
              InstantSource.system()),
          InstantSource.system(),
          new HlsMetrics(registry, System::nanoTime),
          Duration.ofHours(1));
  final HttpEdge server;
  final HttpClient client;
  private final String scheme;

  Edge() {
    this(HttpSettings.DEFAULT, TlsSettings.DEFAULT, SocketTimings.CONTRACT);
  }

  Edge(HttpSettings settings, TlsSettings tls, SocketTimings timings) {
    this(settings, tls, timings, HttpClient.newHttpClient());
  }

  Edge(HttpSettings settings, TlsSettings tls, SocketTimings timings, HttpClient client) {
    this.client = client;
    this.scheme = tls.pem().isPresent() ? "https" : "http";
    this.server =
        HttpEdge.start(
            vertx,
            settings.on("127.0.0.1", 0),
            tls,
            false,
            new EdgeServices(
                sessions,
                tokens,
                replays,
                new HttpMetrics(registry),
                registry::scrape,
                () -> Map.of("sessions", List.of())),
            timings);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("kakehashi");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code kakehashi.yaml} with this text says of HTTP. */
  static HttpSettings settings(String yaml) {
    try {
      Path file = Files.createTempFile("kakehashi", ".yaml");
      try {
        return Configuration.read(Files.writeString(file, yaml), Map.of()).http();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Endpoint> endpoints() {
    return server.endpoints();
  }

  URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }

  URI socket(String session) {
    return URI.create("ws://127.0.0.1:" + server.port() + "/ws/" + session);
  }

  /** A token for one role in the public session. */
  String token(Role role) {
    return token(role, "plenary");
  }

  String token(Role role, String session) {
    return token(Person.of("p-" + role.id(), role.id(), role, new Scope.OneSession(session)));
  }

  String token(Person person) {
    return tokens.issue(person, Duration.ofHours(1));
  }

  /** A request under way: method, path, then what goes with it. */
  Request request(String method, String path) {
    return new Request(method, path);
  }

  final class Request {
    private final HttpRequest.Builder builder;
    private final String method;
    private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

    private Request(String method, String path) {
      this.method = method;
      this.builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    Request token(@Nullable String token) {
      return token == null ? this : header("Authorization", "Bearer " + token);
    }

    Request header(String name, String value) {
      builder.header(name, value);
      return this;
    }

    Request body(String type, String text) {
      body = HttpRequest.BodyPublishers.ofString(text);
      return header("Content-Type", type);
    }

    HttpResponse<String> send() {
      try {
        return client.send(
            builder.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    server.stop();
    client.shutdownNow();
    vertx.close().await();
  }
}
