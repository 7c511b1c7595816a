package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.live.SocketOut;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;

/** The session socket's wire: hello, close codes, limits. */
@TestInstance(Lifecycle.PER_CLASS)
class SessionSocketTest {
  private final Edge edge = new Edge();

  @AfterAll
  void stop() {
    edge.close();
  }

  @Test
  void afterHelloMessagesGoBothWays() throws InterruptedException {
    Socket socket = open("council"); // no other test joins it
    socket.send(
        "{\"type\":\"hello\",\"token\":\"%s\",\"page\":\"stage\"}"
            .formatted(edge.token(Role.SPEAKER, "council")));

    assertThat(socket.next()).contains("\"welcome\"", "\"speaker\"");
    socket.send("{\"type\":\"stage.ready\"}");
    assertThat(socket.next()).isEqualTo("{\"type\":\"stage.ready\"}");
    socket.close();
    assertThat(edge.sessions.closed.asked.poll(10, TimeUnit.SECONDS))
        .isEqualTo("{\"type\":\"stage.ready\"}");
    assertThat(edge.sessions.closed.asked.poll(10, TimeUnit.SECONDS)).isEqualTo("left");
  }

  @Test
  void aMessageMayComeInPieces() {
    Socket socket = open("plenary");
    socket.sendPiece("{\"type\":\"hello\",");
    socket.send("\"page\":\"attend\"}");

    assertThat(socket.next()).contains("\"welcome\"", "\"attendee\"");
    socket.close();
  }

  @Test
  void aGuestIsGivenAnIdentityThatHoldsOnTheSocketAndForMedia() {
    Socket first = open("plenary");
    first.send("{\"type\":\"hello\",\"page\":\"attend\"}");
    String welcome = Objects.requireNonNull(first.next());
    Person guest = Objects.requireNonNull(edge.sessions.open.joined);
    String identity = welcome.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    first.close();

    Socket again = open("plenary");
    again.send("{\"type\":\"hello\",\"page\":\"attend\",\"token\":\"%s\"}".formatted(identity));
    assertThat(again.next()).contains("\"welcome\"");
    again.close();
    var answer =
        edge.request("POST", "/whep/plenary/floor")
            .token(identity)
            .body("application/sdp", "v=0")
            .send();
    String connection = answer.headers().firstValue("Location").orElseThrow();

    assertThat(guest.guest()).isTrue();
    assertThat(edge.sessions.open.joined).isEqualTo(guest);
    assertThat(
            edge.sessions
                .open
                .connection(connection.substring(connection.lastIndexOf('/') + 1))
                .map(Connection::owner))
        .contains(guest);
  }

  @Test
  void aGuestsIdentityOpensNothingThatIsNotPublic() {
    Person guest = Person.guest("council", new Random(1));
    Socket socket = open("council");
    socket.send(
        "{\"type\":\"hello\",\"page\":\"attend\",\"token\":\"%s\"}".formatted(edge.token(guest)));

    assertThat(socket.closed()).isEqualTo(4401);
    assertThat(
            edge.request("POST", "/whip/plenary/floor")
                .token(edge.token(Person.guest("plenary", new Random(1))))
                .body("application/sdp", "v=0")
                .send()
                .statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "ATTENDEE,    attend, 0",
    "ATTENDEE,    booth,  4403",
    "ATTENDEE,    stage,  4403",
    "ATTENDEE,    desk,   4403",
    "INTERPRETER, attend, 0",
    "INTERPRETER, booth,  0",
    "INTERPRETER, desk,   4403",
    "SPEAKER,     stage,  0",
    "SPEAKER,     booth,  4403",
    "CHAIR,       stage,  0",
    "CHAIR,       desk,   0",
    "TECHNICIAN,  desk,   0",
    "TECHNICIAN,  stage,  4403",
    "ORGANISER,   desk,   0",
    "HALL,        attend, 0",
    "HALL,        stage,  4403",
    ",            attend, 0",
    ",            desk,   4401",
  })
  void eachRoleOpensItsPages(@Nullable Role role, String page, int closeCode) {
    Socket socket = hello(role == null ? null : edge.token(role), page);

    if (closeCode == 0) {
      assertThat(socket.next()).contains("\"welcome\"");
      socket.close();
    } else {
      assertThat(socket.next()).contains("\"type\":\"problem\"", "\"detail\":");
      assertThat(socket.closed()).isEqualTo(closeCode);
    }
  }

  @Test
  void whoMayNotIsToldByTheCloseCode() {
    assertThat(hello("forged", "attend").closed()).isEqualTo(4401);
    assertThat(hello(edge.token(Role.SPEAKER, "council"), "stage").closed()).isEqualTo(4403);
    Socket nowhere = open("nowhere");
    nowhere.send("{\"type\":\"hello\",\"page\":\"attend\"}");
    assertThat(nowhere.closed()).isEqualTo(4404);
    Socket council = open("council");
    council.send("{\"type\":\"hello\",\"page\":\"attend\"}");
    assertThat(council.closed()).isEqualTo(4401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "nonsense", "{\"type\":\"listen\"}", "{\"type\":\"hello\",\"page\":\"moon\"}"})
  void theFirstMessageIsAHello(String first) {
    Socket socket = open("plenary");
    socket.send(first);

    assertThat(socket.next()).contains("\"type\":\"problem\"");
    assertThat(socket.closed()).isEqualTo(1008);
  }

  @Test
  void withoutHelloItIsClosed() {
    try (Edge hasty = timed(Duration.ofMillis(200), Duration.ofSeconds(60))) {
      assertThat(Socket.open(hasty, "plenary").closed()).isEqualTo(4408);
    }
  }

  @Test
  void aHelloThatFollowsTheHandshakeAtOnceIsNotLost() {
    for (int i = 0; i < 200; i++) {
      Socket socket = hello(null, "attend");
      assertThat(socket.next()).as("hello number %d", i).contains("\"welcome\"");
      socket.close();
    }
  }

  @Test
  void bytesAreNotSpokenHere() {
    Socket socket = hello(null, "attend");
    socket.next();
    socket.sendBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertThat(socket.closed()).isEqualTo(1003);
  }

  @Test
  void aMessageOfMoreThan64KiBEndsTheSocket() {
    Socket whole = hello(null, "attend");
    whole.next();
    whole.send("x".repeat(64 * 1024));
    assertThat(whole.next()).hasSize(64 * 1024);
    whole.send("x".repeat(64 * 1024 + 1));
    assertThat(whole.closed()).isEqualTo(1009);

    Socket pieces = hello(null, "attend");
    pieces.next();
    pieces.sendPiece("x".repeat(40_000));
    pieces.send("x".repeat(40_000));
    assertThat(pieces.closed()).isEqualTo(1009);
  }

  @Test
  void aClientThatAnswersPingsStaysAndASilentOneGoes() throws InterruptedException {
    try (Edge watchful = timed(Duration.ofSeconds(5), Duration.ofSeconds(2))) {
      Socket socket = Socket.open(watchful, "plenary");
      socket.send("{\"type\":\"hello\",\"page\":\"attend\"}");
      socket.next();

      // Longer than silence is allowed: the pongs count.
      assertThat(socket.closedWithin(Duration.ofSeconds(4))).isFalse();

      socket.stopReading(); // and so no longer answers pings
      socket.send("{}");
      assertThat(watchful.sessions.open.asked.poll(20, TimeUnit.SECONDS)).isEqualTo("{}");
      assertThat(watchful.sessions.open.asked.poll(20, TimeUnit.SECONDS)).isEqualTo("left");
    }
  }

  @Test
  void aClientThatReadsNothingIsCutOffBeforeItFillsTheMemory() {
    Socket socket = hello(null, "attend");
    socket.next();
    socket.stopReading();
    SocketOut out = Objects.requireNonNull(edge.sessions.open.socket);
    String snapshot = "x".repeat(32 * 1024);

    int sent = 0;
    while (!out.full() && sent < 10_000) {
      out.send(snapshot);
      sent++;
    }

    assertThat(out.full()).isTrue();
    assertThat(sent).as("what the network buffers hold, and our queue").isLessThan(1000);
  }

  @Test
  void plainRequestsAndUnknownMethodsAreProblems() {
    MediaApiTest.assertProblem(
        edge.request("GET", "/ws/plenary").send(), 400, "/problems/malformed");
    MediaApiTest.assertProblem(
        edge.request("POST", "/ws/plenary").send(), 404, "/problems/not-found");
  }

  @Test
  void tooManySocketsAreRefusedBeforeTheyOpen() {
    try (Edge small =
        new Edge(
            Edge.settings("http: { socketsPerMinute: 2 }"),
            TlsSettings.DEFAULT,
            SocketTimings.CONTRACT)) {
      Socket.open(small, "plenary");
      Socket.open(small, "plenary");
      assertThatThrownBy(() -> Socket.open(small, "plenary"))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> {
                assertThat(refused.getResponse().statusCode()).isEqualTo(429);
                assertThat(MediaApiTest.header(refused.getResponse(), "Retry-After")).isNotEmpty();
              });
    }
    try (Edge small =
        new Edge(
            Edge.settings("http: { maxSockets: 1 }"),
            TlsSettings.DEFAULT,
            SocketTimings.CONTRACT)) {
      Socket.open(small, "plenary");
      assertThatThrownBy(() -> Socket.open(small, "plenary"))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
    }
  }

  @Test
  void aStoppingServerSendsEverybodyAway() {
    try (Edge stopping = new Edge()) {
      Socket socket = Socket.open(stopping, "plenary");
      socket.send("{\"type\":\"hello\",\"page\":\"attend\"}");
      socket.next();

      stopping.server.stop();

      assertThat(socket.closed()).isEqualTo(1001);
    }
  }

  private static Edge timed(Duration hello, Duration silence) {
    return new Edge(
        HttpSettings.DEFAULT,
        TlsSettings.DEFAULT,
        new SocketTimings(hello, Duration.ofMillis(200), silence));
  }

  private Socket open(String session) {
    return Socket.open(edge, session);
  }

  private Socket hello(@Nullable String token, String page) {
    Socket socket = open("plenary");
    socket.send(
        token == null
            ? "{\"type\":\"hello\",\"page\":\"%s\"}".formatted(page)
            : "{\"type\":\"hello\",\"token\":\"%s\",\"page\":\"%s\"}".formatted(token, page));
    return socket;
  }
}
