package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.http.MediaApiTest.assertProblem;
import static org.kakehashi.server.http.MediaApiTest.header;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.problem.ProblemType;
import org.yaml.snakeyaml.Yaml;

/** What is there for everybody: the contract, the programme, health, metrics, the pages. */
@TestInstance(Lifecycle.PER_CLASS)
class PublicPathsTest {
  private final Edge edge = new Edge();

  @AfterAll
  void stop() {
    edge.close();
  }

  @Test
  @SuppressWarnings("unchecked") // YAML is what it is
  void theContractListsExactlyWhatIsServed() {
    HttpResponse<String> answer = edge.request("GET", "/api/openapi.yaml").send();
    assertThat(header(answer, "Content-Type")).isEqualTo("application/yaml");
    Map<String, Map<String, Object>> paths =
        (Map<String, Map<String, Object>>)
            new Yaml().<Map<String, Object>>load(answer.body()).get("paths");
    Map<String, String> contract = new TreeMap<>();
    paths.forEach(
        (path, methods) ->
            contract.put(
                path,
                methods.keySet().stream()
                    .filter(method -> !method.equals("parameters"))
                    .map(String::toUpperCase)
                    .sorted()
                    .collect(Collectors.joining(" "))));

    Map<String, String> served = new TreeMap<>(Map.of(SocketRoute.PATH, "GET"));
    edge.endpoints().forEach(e -> served.put(e.path(), String.join(" ", e.methods())));
    assertThat(contract).isEqualTo(served);
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void eachProblemIsExplainedAtItsOwnAddress(ProblemType type) {
    HttpResponse<String> answer = edge.request("GET", type.uri()).send();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("## " + type.uri().substring("/problems/".length()) + "\n")
        .contains("\n" + type.status() + ". ")
        .doesNotContain("\n## ");
  }

  @Test
  void noOtherProblemIsExplained() {
    assertProblem(edge.request("GET", "/problems/bad").send(), 404, "/problems/not-found");
  }

  @Test
  void theProgrammeShowsWhatOneMaySee() {
    String guest = edge.request("GET", "/api/sessions").send().body();
    assertThat(guest).contains("\"id\":\"plenary\"").doesNotContain("council");
    assertThat(guest)
        .contains(
            "\"startsAt\":\"2026-11-22T10:00:00Z\"",
            "\"endsAt\":null",
            "\"public\":true",
            "\"title\":{\"");

    Person everywhere = Person.of("p", "n", Role.ATTENDEE, new Scope.WholeEvent("summit"));
    assertThat(edge.request("GET", "/api/sessions").token(edge.token(everywhere)).send().body())
        .contains("\"id\":\"plenary\"", "\"id\":\"council\"");
    assertProblem(
        edge.request("GET", "/api/sessions").token("forged").send(), 401, "/problems/bad-token");
  }

  @Test
  void oneSessionAndItsRoutingAreForThoseWhoMayListen() {
    assertThat(edge.request("GET", "/api/sessions/plenary").send().body())
        .startsWith("{\"id\":\"plenary\"");
    assertThat(edge.request("GET", "/api/sessions/plenary/routing").send().body())
        .startsWith("{\"type\":\"routing\",\"atTicks\":480,\"at\":\"2026-11-22T10:00:00Z\"")
        .contains("\"channel\":\"floor\"", "\"level\":-23.0", "\"booth\":null");

    for (String path : new String[] {"/api/sessions/council", "/api/sessions/council/routing"}) {
      assertProblem(edge.request("GET", path).send(), 401, "/problems/no-token");
      assertProblem(
          edge.request("GET", path).token(edge.token(Role.CHAIR)).send(),
          403,
          "/problems/wrong-role");
      String token = edge.token(Role.ATTENDEE, "council");
      assertThat(edge.request("GET", path).token(token).send().statusCode()).isEqualTo(200);
    }
    assertProblem(
        edge.request("GET", "/api/sessions/nowhere").send(), 404, "/problems/no-such-session");
  }

  @Test
  void healthAndDemoAnswer() {
    assertThat(edge.request("GET", "/health/live").send().body())
        .isEqualTo("{\"status\":\"live\"}");
    assertThat(edge.request("GET", "/health/ready").send().body())
        .isEqualTo("{\"status\":\"ready\"}");
    assertThat(edge.request("GET", "/api/demo").send().body()).isEqualTo("{\"sessions\":[]}");
    HttpResponse<String> head = edge.request("HEAD", "/health/ready").send();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void metricsAreForThisMachineOrForATokenHolder() {
    edge.request("GET", "/health/live").send();
    HttpResponse<String> here = edge.request("GET", "/metrics").send();
    assertThat(here.statusCode()).isEqualTo(200);
    assertThat(here.body())
        .contains(
            "kakehashi_http_requests_seconds_count{method=\"GET\",route=\"/health/live\",status=\"200\"}",
            "kakehashi_sockets");
    assertProblem(
        edge.request("GET", "/metrics").header("X-Forwarded-For", "198.51.100.7").send(),
        403,
        "/problems/wrong-role");

    try (Edge guarded =
        new Edge(
            Edge.settings("http: { metricsToken: open sesame }"),
            TlsSettings.DEFAULT,
            SocketTimings.CONTRACT)) {
      assertProblem(guarded.request("GET", "/metrics").send(), 401, "/problems/no-token");
      assertProblem(
          guarded.request("GET", "/metrics").token("open").send(), 401, "/problems/bad-token");
      assertThat(guarded.request("GET", "/metrics").token("open sesame").send().statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/attend/plenary", "/booth/plenary", "/stage/plenary", "/desk/plenary"})
  void aPageIsHtmlThatBrowsersLockDown(String path) {
    HttpResponse<String> page = edge.request("GET", path).send();

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(page, "Content-Security-Policy"))
        .contains(
            "default-src 'none'",
            "script-src 'self';",
            "media-src 'self' blob:",
            "connect-src 'self' ws://127.0.0.1:" + edge.server.port(),
            "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Permissions-Policy"))
        .contains("camera=(self)", "microphone=(self)", "display-capture=(self)");
    assertThat(header(page, "Strict-Transport-Security")).isEmpty();
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @CsvSource({
    "/replay/plenary,      true",
    "/desk/plenary,        false",
    "/replay/../desk/p,    false",
    "/replay,              false",
  })
  void onlyAReplayMayBeFramed(String path, boolean framed) {
    HttpResponse<String> page = edge.request("GET", path).send();

    assertThat(header(page, "X-Frame-Options")).isEqualTo(framed ? "" : "DENY");
    assertThat(header(page, "Content-Security-Policy"))
        .endsWith(framed ? "frame-ancestors *" : "frame-ancestors 'none'");
  }

  @Test
  void assetsAreKeptForGoodAndOtherFilesAreAskedForAgain() {
    HttpResponse<String> asset = edge.request("GET", "/assets/example-1a2b3c.js").send();
    assertThat(asset.statusCode()).isEqualTo(200);
    assertThat(header(asset, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(asset, "Content-Type")).contains("javascript");

    HttpResponse<String> file = edge.request("GET", "/example.txt").send();
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/none.js",
        "/nothing",
        "/api/nothing",
        "/attend",
        "/assets/..%2f..%2fapi/openapi.yaml",
        "/%2e%2e/logback.xml",
        "/..%5clogback.xml",
        "/.hidden",
        "/assets/"
      })
  void nothingElseIsServed(String path) {
    HttpResponse<String> answer = edge.request("GET", path).send();

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void behindAProxyThatSpeaksHttpsThePageIsLockedToHttps() {
    HttpResponse<String> page =
        edge.request("GET", "/").header("X-Forwarded-Proto", "https").send();

    assertThat(header(page, "Strict-Transport-Security")).isEqualTo("max-age=31536000");
    assertThat(header(page, "Content-Security-Policy")).contains("wss://127.0.0.1");
  }
}
