package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;

/** WHIP and WHEP as a client meets them, RFC 9725 section by section. */
@TestInstance(Lifecycle.PER_CLASS)
class MediaApiTest {
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final String JSON = "application/json";

  private final Edge edge = new Edge();

  @AfterAll
  void stop() {
    edge.close();
  }

  @Test
  void anOfferIsAnsweredAsWhipSays() {
    HttpResponse<String> answer =
        offer("/whip/plenary/floor?language=fr", edge.token(Role.SPEAKER)).send();

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("v=0 answer");
    assertThat(header(answer, "Content-Type")).isEqualTo(SDP);
    assertThat(header(answer, "ETag")).isEqualTo("\"ice-1\"");
    assertThat(header(answer, "Accept-Patch")).isEqualTo(FRAGMENT);
    assertThat(header(answer, "Location")).startsWith("/whip/r/unguessable-");
    assertThat(edge.sessions.open.asked).contains("floor fr");
  }

  @ParameterizedTest
  @CsvSource({
    "/whip/plenary/floor,                       SPEAKER,     floor null",
    "/whip/plenary/floor?language=ja,           CHAIR,       floor ja",
    "/whip/plenary/floor?language=pt-BR,        HALL,        floor pt-BR",
    "/whip/plenary/slides,                      SPEAKER,     slides null",
    "/whip/plenary/ja,                          INTERPRETER, ja true null",
    "/whip/plenary/ja?microphone=closed,        INTERPRETER, ja false null",
    "/whip/plenary/fr?booth=fr-ja,              INTERPRETER, fr true fr-ja",
    "/whep/plenary/ja,                          ATTENDEE,    listen ja",
    "/whep/plenary/floor,                       HALL,        listen floor",
  })
  void eachAddressAsksForItsOwnThing(String path, Role role, String asked) {
    edge.sessions.open.asked.clear();

    assertThat(offer(path, edge.token(role)).send().statusCode()).isEqualTo(201);
    assertThat(edge.sessions.open.asked).containsExactly(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "/whip/plenary/floor?language=<b>,     SPEAKER,     422, /problems/invalid",
    "/whip/plenary/ja?microphone=maybe,    INTERPRETER, 422, /problems/invalid",
    "/whip/plenary/en,                     INTERPRETER, 404, /problems/no-such-channel",
    "/whep/plenary/en,                     ATTENDEE,    404, /problems/no-such-channel",
    "/whep/nowhere/floor,                  ATTENDEE,    404, /problems/no-such-session",
    "/whep/council/floor,                  ATTENDEE,    403, /problems/wrong-role",
  })
  void whatCannotBeIsRefused(String path, Role role, int status, String type) {
    assertProblem(
        offer(path.replace("<", "%3C").replace(">", "%3E"), edge.token(role)).send(), status, type);
  }

  @Test
  void aBadOfferAFullServerAndAWrongTypeAreToldApart() {
    String token = edge.token(Role.ATTENDEE);
    assertProblem(
        edge.request("POST", "/whep/plenary/floor")
            .token(token)
            .body(SDP, FakeSession.BAD_OFFER)
            .send(),
        422,
        "/problems/bad-offer");
    assertProblem(
        edge.request("POST", "/whep/plenary/floor").token(token).body(JSON, "{}").send(),
        415,
        "/problems/wrong-media-type");
    assertProblem(
        offer("/whep/plenary/floor", token).header("Accept", "text/html").send(),
        406,
        "/problems/not-acceptable");
    edge.sessions.open.full = true;
    HttpResponse<String> full = offer("/whep/plenary/floor", token).send();
    edge.sessions.open.full = false;
    assertProblem(full, 503, "/problems/at-capacity");
    assertThat(header(full, "Retry-After")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"*/*", "application/*", "'text/html, application/sdp;q=0.5'", "Application/SDP"})
  void whateverIncludesSdpIsAcceptable(String accept) {
    HttpResponse<String> answer =
        offer("/whep/plenary/floor", edge.token(Role.ATTENDEE)).header("Accept", accept).send();

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void candidatesAreTakenAndIceIsRestarted() {
    String token = edge.token(Role.SPEAKER);
    String location = header(offer("/whip/plenary/floor", token).send(), "Location");

    HttpResponse<String> trickled = patch(location, token, "\"ice-1\"", "a=candidate:1").send();
    assertThat(trickled.statusCode()).isEqualTo(204);
    HttpResponse<String> restarted = patch(location, token, "*", "a=ice-pwd:x").send();
    assertThat(restarted.statusCode()).isEqualTo(200);
    assertThat(restarted.body()).isEqualTo("a=ice-ufrag:new");
    assertThat(header(restarted, "ETag")).isEqualTo("\"ice-2\"");
    assertThat(header(restarted, "Content-Type")).isEqualTo(FRAGMENT);

    assertProblem(
        patch(location, token, "\"ice-1\"", "a=candidate:1").send(), 412, "/problems/out-of-date");
    assertProblem(
        edge.request("PATCH", location).token(token).body(FRAGMENT, "a=candidate:1").send(),
        428,
        "/problems/no-precondition");
    assertProblem(
        edge.request("PATCH", location)
            .token(token)
            .header("If-Match", "*")
            .body(SDP, "v=0")
            .send(),
        415,
        "/problems/wrong-media-type");
    assertProblem(patch(location, token, "*", "rubbish").send(), 422, "/problems/bad-offer");
  }

  @Test
  void deleteEndsIt() {
    String token = edge.token(Role.SPEAKER);
    String location = header(offer("/whip/plenary/floor", token).send(), "Location");

    assertThat(edge.request("DELETE", location).token(token).send().statusCode()).isEqualTo(200);
    assertProblem(
        edge.request("DELETE", location).token(token).send(), 404, "/problems/no-such-connection");
    assertThat(edge.sessions.open.asked).contains("closed");
  }

  @Test
  void onlyTheOwnerOrAnOrganiserChangesAConnection() {
    String location =
        header(offer("/whip/plenary/floor", edge.token(Role.SPEAKER)).send(), "Location");
    Person elsewhere = Person.of("p-x", "x", Role.ORGANISER, new Scope.WholeEvent("another event"));

    assertProblem(edge.request("DELETE", location).send(), 401, "/problems/no-token");
    for (Role role : Role.values()) {
      if (role != Role.SPEAKER && role != Role.ORGANISER) {
        assertProblem(
            edge.request("DELETE", location).token(edge.token(role)).send(),
            403,
            "/problems/not-yours");
      }
    }
    assertProblem(
        edge.request("DELETE", location).token(edge.token(elsewhere)).send(),
        403,
        "/problems/wrong-role");
    assertThat(
            edge.request("DELETE", location).token(edge.token(Role.ORGANISER)).send().statusCode())
        .isEqualTo(200);
  }

  @Test
  void aWhepAddressIsNoWhipAddress() {
    String token = edge.token(Role.ATTENDEE);
    String location = header(offer("/whep/plenary/floor", token).send(), "Location");

    assertThat(location).startsWith("/whep/r/");
    assertProblem(
        edge.request("DELETE", location.replace("whep", "whip")).token(token).send(),
        404,
        "/problems/no-such-connection");
  }

  @Test
  void aGuestListensChangesAndEndsWithoutAToken() {
    edge.sessions.open.asked.clear();
    String location = header(offer("/whep/plenary/floor", null).send(), "Location");

    assertThat(
            edge.request("PUT", location + "/channel")
                .body(JSON, "{\"channel\":\"ja\"}")
                .send()
                .statusCode())
        .isEqualTo(204);
    assertProblem(
        edge.request("DELETE", location).token(edge.token(Role.ATTENDEE)).send(),
        403,
        "/problems/not-yours");
    assertThat(edge.request("DELETE", location).send().statusCode()).isEqualTo(200);
    assertThat(edge.sessions.open.asked)
        .containsExactly("listen floor", "channel ja by attendee", "closed");
  }

  @Test
  void aPrivateSessionHasNoGuests() {
    assertProblem(offer("/whep/council/floor", null).send(), 401, "/problems/no-token");
  }

  @Test
  void theConsoleIsReachedByPut() {
    String token = edge.token(Role.INTERPRETER);
    String microphone = header(offer("/whip/plenary/ja", token).send(), "Location") + "/microphone";
    edge.sessions.open.asked.clear();

    for (String body :
        new String[] {
          "{\"state\":\"cough\"}",
          "{\"outgoing\":\"fr\"}",
          "{\"state\":\"open\",\"outgoing\":\"ja\"}"
        }) {
      assertThat(edge.request("PUT", microphone).token(token).body(JSON, body).send().statusCode())
          .isEqualTo(204);
    }
    assertThat(edge.sessions.open.asked)
        .containsExactly("microphone COUGH null", "microphone null fr", "microphone OPEN ja");
    HttpResponse<String> refused =
        edge.request("PUT", microphone)
            .token(token)
            .body(JSON, "{\"state\":\"open\",\"outgoing\":\"en\"}")
            .send();
    assertProblem(refused, 409, "/problems/interlock");
    assertThat(refused.body()).contains("Booth 2 is on en.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                              | 422 | /problems/invalid",
        "{\"state\":\"loud\"}            | 422 | /problems/invalid",
        "{\"outgoing\":5}                | 422 | /problems/invalid",
        "{\"outgoing\":\"a b\"}          | 422 | /problems/invalid",
        "[]                              | 400 | /problems/malformed",
        "{\"state\":                     | 400 | /problems/malformed",
        "{\"state\":\"open\"} extra      | 400 | /problems/malformed",
        "{\"a\":1,\"a\":2}               | 400 | /problems/malformed",
      })
  void aBadConsoleMessageIsRefused(String body, int status, String type) {
    String token = edge.token(Role.INTERPRETER);
    String location = header(offer("/whip/plenary/ja", token).send(), "Location");

    assertProblem(
        edge.request("PUT", location + "/microphone").token(token).body(JSON, body).send(),
        status,
        type);
  }

  @Test
  void onlyAConsoleHasAMicrophoneKey() {
    String token = edge.token(Role.SPEAKER);
    String location = header(offer("/whip/plenary/floor", token).send(), "Location");

    assertProblem(
        edge.request("PUT", location + "/microphone")
            .token(token)
            .body(JSON, "{\"state\":\"open\"}")
            .send(),
        409,
        "/problems/conflict");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /whip/plenary/floor, 'POST, OPTIONS'",
    "PUT,    /whep/plenary/ja,    'POST, OPTIONS'",
    "DELETE, /whip/plenary/ja,    'POST, OPTIONS'",
    "POST,   /whip/r/x,           'DELETE, PATCH, OPTIONS'",
    "GET,    /whep/r/x,           'DELETE, PATCH, OPTIONS'",
    "POST,   /api/sessions,       'GET, HEAD, OPTIONS'",
  })
  void otherMethodsAreNotAllowed(String method, String path, String allowed) {
    HttpResponse<String> answer = edge.request(method, path).send();

    assertProblem(answer, 405, "/problems/method-not-allowed");
    assertThat(header(answer, "Allow")).isEqualTo(allowed);
  }

  @Test
  void optionsSayWhatIsPossibleAndLetOtherOriginsIn() {
    HttpResponse<String> options =
        edge.request("OPTIONS", "/whip/plenary/floor")
            .header("Origin", "https://player.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .send();

    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(header(options, "Accept-Post")).isEqualTo(SDP);
    assertThat(header(options, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(options, "Access-Control-Allow-Methods"))
        .contains("POST", "PATCH", "PUT", "DELETE");
    assertThat(header(options, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "If-Match");

    HttpResponse<String> answer =
        offer("/whep/plenary/floor", null).header("Origin", "https://player.example").send();
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Access-Control-Expose-Headers")).contains("Location", "ETag");
    assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-credentials");
  }

  private Edge.Request offer(String path, @Nullable String token) {
    return edge.request("POST", path).token(token).body(SDP, "v=0 offer");
  }

  private Edge.Request patch(String location, String token, String etag, String fragment) {
    return edge.request("PATCH", location)
        .token(token)
        .header("If-Match", etag)
        .body(FRAGMENT, fragment);
  }

  static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"" + type + "\"", "\"status\":" + status, "\"title\":", "\"detail\":");
    assertThat(header(answer, "WWW-Authenticate").isEmpty()).isEqualTo(status != 401);
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
