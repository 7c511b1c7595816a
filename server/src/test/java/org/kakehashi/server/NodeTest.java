package org.kakehashi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.programme.ProgrammeReader;

/** A whole server on free ports: who may do what, and what operators see. */
@TestInstance(Lifecycle.PER_CLASS)
class NodeTest {
  private static final String PROGRAMME =
      """
      events:
        - id: summit
          title: { fr: Sommet }
          sessions:
            - { id: plenary, title: { fr: Plénière }, languages: [fr, ja], public: true, chaired: false,
                booths: [ { id: fr-ja, understands: [fr, ja], a: ja, b: fr } ] }
            - { id: council, title: { fr: Conseil }, languages: [fr, ja],
                booths: [ { id: fr-ja, understands: [fr, ja], a: ja, b: fr } ] }
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Node node;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("kakehashi.yaml"),
            """
            data: %s
            http: { bind: 127.0.0.1, port: 0 }
            media: { port: 0, publicAddresses: [127.0.0.1], loops: 1 }
            log: { requests: false }
            """
                .formatted(folder.resolve("data")));
    node =
        new Node(
            Configuration.read(file, Map.of()),
            new Node.Plan(new ProgrammeReader().read(PROGRAMME), List.of(), null));
  }

  @AfterAll
  void stop() {
    client.shutdownNow();
    node.close();
  }

  /** 422: allowed, and then the offer is no offer. */
  @ParameterizedTest
  @CsvSource({
    // method, path,                      none, attendee, interpreter, speaker, chair, technician,
    //                                    organiser, hall
    "POST, /whip/plenary/floor,           401, 403, 403, 422, 422, 403, 422, 422",
    "POST, /whip/plenary/slides,          401, 403, 403, 422, 422, 422, 422, 422",
    "POST, /whip/plenary/ja,              401, 403, 422, 403, 403, 403, 403, 403",
    "POST, /whep/plenary/floor,           422, 422, 422, 422, 422, 422, 422, 422",
    "POST, /whep/council/floor,           401, 422, 422, 422, 422, 422, 422, 422",
    "GET,  /api/sessions,                 200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/sessions/plenary,         200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/sessions/council,         401, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/sessions/plenary/routing, 200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/sessions/council/routing, 401, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /health/live,                  200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /health/ready,                 200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/openapi.yaml,             200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/demo,                     404, 404, 404, 404, 404, 404, 404, 404",
    "POST, /api/hls-cookie,               401, 204, 204, 204, 204, 204, 204, 204",
    "POST, /api/hls-token,                401, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /hls/nowhere/index.m3u8,       404, 404, 404, 404, 404, 404, 404, 404",
    "GET,  /api/recordings,               200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/recordings/plenary,       200, 200, 200, 200, 200, 200, 200, 200",
    "GET,  /api/recordings/council,       401, 200, 200, 200, 200, 200, 200, 200",
    "PATCH, /api/recordings/plenary,      401, 403, 403, 403, 415, 403, 415, 403",
    "DELETE, /api/recordings/plenary,     401, 403, 403, 403, 409, 403, 409, 403",
    "POST, /api/recordings/plenary/restore, 401, 403, 403, 403, 409, 403, 409, 403",
    "PUT,  /api/recordings/plenary/captions/fr, 401, 403, 403, 403, 415, 403, 415, 403",
    "DELETE, /api/recordings/plenary/captions/fr, 401, 403, 403, 403, 404, 403, 404, 403",
    "PUT,  /api/recordings/plenary/poster, 401, 403, 403, 403, 415, 403, 415, 403",
    "DELETE, /whip/r/none,                401, 404, 404, 404, 404, 404, 404, 404",
    "DELETE, /whep/r/none,                404, 404, 404, 404, 404, 404, 404, 404",
  })
  void eachRoleMayDoWhatIsItsOwn(
      String method,
      String path,
      int none,
      int attendee,
      int interpreter,
      int speaker,
      int chair,
      int technician,
      int organiser,
      int hall)
      throws IOException, InterruptedException {
    int[] expected = {attendee, interpreter, speaker, chair, technician, organiser, hall};

    assertThat(status(method, path, "")).as("nobody").isEqualTo(none);
    for (Role role : Role.values()) {
      Person person = Person.of("p-" + role.id(), "n", role, new Scope.WholeEvent("summit"));
      String token = node.invitations().invite("plenary", person).token();
      assertThat(status(method, path, token)).as(role.id()).isEqualTo(expected[role.ordinal()]);
    }
  }

  @Test
  void everyMetricIsDocumented() throws IOException, InterruptedException {
    status("POST", "/whep/plenary/floor", "");
    String metrics = send("GET", "/metrics", "").body();
    Set<String> names =
        Pattern.compile("^kakehashi_\\w+", Pattern.MULTILINE)
            .matcher(metrics)
            .results()
            .map(found -> found.group().replaceAll("_(sum|max)$", "_count"))
            .collect(Collectors.toCollection(TreeSet::new));
    String page = Files.readString(Path.of("..", "docs", "operations", "metrics.md"));
    Set<String> documented =
        Pattern.compile("`(kakehashi_\\w+)`")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names).isEqualTo(documented);
    assertThat(metrics)
        .contains("kakehashi_listeners_reduced{pictures=\"none\",session=\"plenary\"} 0")
        .contains("kakehashi_listeners{channel=\"ja\",session=\"plenary\"} 0")
        .contains("kakehashi_media_offers_rejected_total{reason=\"malformed\"}");
  }

  private int status(String method, String path, String token)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, token);
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    return answer.statusCode();
  }

  private HttpResponse<String> send(String method, String path, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofString("v=0 nonsense"))
            .header("Content-Type", "application/sdp");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
