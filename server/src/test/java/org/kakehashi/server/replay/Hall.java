package org.kakehashi.server.replay;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.Node;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.programme.ProgrammeReader;
import org.kakehashi.server.store.FolderStore;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/**
 * A whole server with one public and one private session that are recorded: in silence, for nobody
 * is there. It can be stopped and started again over the same data.
 */
final class Hall implements AutoCloseable {
  private static final String PROGRAMME =
      """
      events:
        - id: summit
          title: { fr: Sommet }
          sessions:
            - { id: plenary, title: { fr: Plénière, ja: 本会議 }, languages: [fr, ja], public: true, chaired: false }
            - { id: council, title: { fr: Conseil }, languages: [fr] }
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final Path file;
  private @Nullable Node node;

  Hall(Path folder) {
    this(folder, "");
  }

  /**
   * @param recordings settings of recordings, beside the usual ones, as in {@code "maxWaiting: 1,
   *     "}
   */
  Hall(Path folder, String recordings) {
    this.folder = folder;
    try {
      file =
          Files.writeString(
              folder.resolve("kakehashi.yaml"),
              """
              data: %s
              http: { bind: 127.0.0.1, port: 0, metricsToken: secret }
              media: { port: 0, publicAddresses: [127.0.0.1], loops: 1 }
              log: { requests: true }
              recordings: { %spart: 200ms, segment: 1s, hold: 100ms, diskFloor: 0, diskReserve: 0 }
              """
                  .formatted(data(), recordings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  Path data() {
    return folder.resolve("data");
  }

  void start() {
    node =
        new Node(
            Configuration.read(file, Map.of()),
            new Node.Plan(new ProgrammeReader().read(PROGRAMME), List.of(), null));
  }

  void stop() {
    if (node != null) {
      node.close();
      node = null;
    }
  }

  Node node() {
    if (node == null) {
      throw new IllegalStateException("The server is stopped");
    }
    return node;
  }

  /** Writes in the journal of a stopped server that its session was ended for good. */
  void over(String session) {
    java.time.Instant now = java.time.Instant.now();
    try (Journal journal = new FolderStore(data()).journal(session)) {
      journal.append(new JournalEntry(0, now, new JournalEvent.Ended("p")));
      journal.append(new JournalEntry(0, now, new JournalEvent.Over()));
    }
  }

  /** A link's token. */
  String token(Role role) {
    Person person = Person.of("p-" + role.id(), role.id(), role, new Scope.WholeEvent("summit"));
    return node().invitations().invite("plenary", person).token();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + node().httpPort() + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  byte[] bytes(String path) {
    try {
      return client
          .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> later(String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonObject json(String path, String token) {
    HttpResponse<String> answer = get(path, "Authorization", "Bearer " + token);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return new JsonObject(answer.body());
  }

  HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A playlist of the public session, once it has this segment and part. */
  String playlist(String track, long segment, int part) {
    for (long before = 1; before < segment; before++) {
      reload(track, before, 0); // One cannot ask for what is far ahead.
    }
    return reload(track, segment, part);
  }

  private String reload(String track, long segment, int part) {
    // What did not come in time, because the machine is busy, is asked for again.
    for (int tries = 0; tries < 100; tries++) {
      HttpResponse<String> answer =
          get(
              "/hls/plenary/%s/index.m3u8?_HLS_msn=%d&_HLS_part=%d"
                  .formatted(track, segment, part));
      if (answer.statusCode() == 200) {
        return answer.body();
      }
    }
    throw new AssertionError("No playlist with " + segment + "." + part);
  }

  @Override
  public void close() {
    stop();
    client.shutdownNow();
  }
}
