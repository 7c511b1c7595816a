package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.http.MediaApiTest.assertProblem;
import static org.kakehashi.server.http.MediaApiTest.header;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.people.Role;

/** What one client may take of the server. */
class LimitsTest {
  private static final String SDP = "application/sdp";

  @Test
  void aLongBodyIsRefusedWhetherItSaysItsLengthOrNot() throws IOException {
    try (Edge edge = new Edge()) {
      String longest = "x".repeat(64 * 1024);
      assertThat(edge.request("POST", "/whep/plenary/floor").body(SDP, longest).send().statusCode())
          .isEqualTo(201);
      assertProblem(
          edge.request("POST", "/whep/plenary/floor").body(SDP, longest + "x").send(),
          413,
          "/problems/too-large");

      String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
      String answer =
          exchange(
              edge,
              """
              POST /whep/plenary/floor HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/sdp\r
              Transfer-Encoding: chunked\r
              \r
              """
                  + chunk.repeat(5));
      assertThat(answer)
          .startsWith("HTTP/1.1 413 ")
          .contains("/problems/too-large")
          .containsIgnoringCase("connection: close");
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsGivenUp() throws IOException {
    try (Edge edge = edge("http: { requestTimeout: 1s }")) {
      String answer =
          exchange(
              edge,
              """
              POST /whep/plenary/floor HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/sdp\r
              Content-Length: 1000\r
              \r
              v=0""");

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("/problems/too-slow");
    }
  }

  @Test
  void tooManyOffersFromOneAddressWaitTheirTurn() {
    try (Edge edge = edge("http: { offersPerMinute: 3, trustedProxies: [127.0.0.1] }")) {
      for (int i = 0; i < 3; i++) {
        assertThat(offer(edge, "198.51.100.7").statusCode()).isEqualTo(201);
      }
      HttpResponse<String> refused = offer(edge, "198.51.100.7");

      assertProblem(refused, 429, "/problems/too-many-requests");
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 21);
      assertThat(offer(edge, "198.51.100.8").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void whoIsNoProxyCannotPretendToBeSomebodyElse() {
    try (Edge edge = edge("http: { offersPerMinute: 1, trustedProxies: [10.0.0.1] }")) {
      assertThat(offer(edge, "198.51.100.7").statusCode()).isEqualTo(201);
      assertProblem(offer(edge, "198.51.100.8"), 429, "/problems/too-many-requests");
    }
  }

  @Test
  void otherOriginsCanBeKeptOut() {
    try (Edge edge = edge("http: { allowedOrigins: [\"https://a.example\"] }")) {
      HttpResponse<String> known =
          edge.request("GET", "/api/sessions").header("Origin", "https://a.example").send();
      assertThat(header(known, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
      assertThat(header(known, "Vary")).containsIgnoringCase("origin");
      HttpResponse<String> other =
          edge.request("GET", "/api/sessions").header("Origin", "https://b.example").send();
      assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
      assertThat(header(other, "Vary")).containsIgnoringCase("origin");
    }
  }

  @Test
  void aStrangeRequestIsAnsweredNotLogged() throws IOException {
    try (Edge edge = new Edge()) {
      assertThat(exchange(edge, "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(exchange(edge, "NONSENSE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 405 ");
      assertThat(
              edge.request("GET", "/api/sessions")
                  .header("Authorization", "Basic abc")
                  .send()
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              edge.request("POST", "/whip/plenary/floor")
                  .token("x".repeat(5000))
                  .body(SDP, "v=0")
                  .send()
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              edge.request("POST", "/whip/plenary/floor")
                  .token(edge.token(Role.SPEAKER))
                  .body(SDP, "v=0")
                  .send()
                  .statusCode())
          .isEqualTo(201);
    }
  }

  private static Edge edge(String yaml) {
    HttpSettings settings = Edge.settings(yaml);
    return new Edge(settings, TlsSettings.DEFAULT, SocketTimings.CONTRACT);
  }

  private static HttpResponse<String> offer(Edge edge, String forwardedFor) {
    return edge.request("POST", "/whep/plenary/floor")
        .header("X-Forwarded-For", forwardedFor)
        .body(SDP, "v=0")
        .send();
  }

  /** Sends bytes as they are, and reads until the server closes. */
  private static String exchange(Edge edge, String bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", edge.server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
