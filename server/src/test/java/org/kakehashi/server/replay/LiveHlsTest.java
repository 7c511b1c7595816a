package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.recording.PlaylistCheck;
import org.kakehashi.server.people.Role;
import org.slf4j.LoggerFactory;

/** Live HLS from a real recorder, as a player meets it (RFC 8216bis). */
@TestInstance(Lifecycle.PER_CLASS)
class LiveHlsTest {
  private Hall hall;

  @BeforeAll
  void start(@TempDir Path folder) {
    hall = new Hall(folder);
    hall.playlist("floor", 2, 0);
    hall.playlist("picture", 2, 0);
  }

  @AfterAll
  void stop() {
    hall.close();
  }

  @Test
  void theMultivariantPlaylistNamesEveryChannel() {
    HttpResponse<String> answer =
        hall.get("/hls/plenary/index.m3u8", "Origin", "https://else.example");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=2");
    assertThat(answer.body())
        .startsWith("#EXTM3U")
        .contains("NAME=\"Original\"", "LANGUAGE=\"fr\"", "NAME=\"Français\"", "NAME=\"日本語\"")
        .contains("floor/index.m3u8", "picture/index.m3u8")
        .doesNotContain("/hls/");
  }

  @Test
  void aReloadWaitsForItsPart() throws Exception {
    String now = hall.get("/hls/plenary/floor/index.m3u8").body();
    long next = lastSegment(now) + 1;
    CompletableFuture<HttpResponse<String>> waiting =
        hall.later("/hls/plenary/floor/index.m3u8?_HLS_msn=" + next + "&_HLS_part=1");

    HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).matches("public, max-age=\\d+");
    assertThat(answer.body()).contains("\"" + next + ".1.m4s\"");
  }

  @Test
  void aHintedPartComesWhenItIsThere() throws Exception {
    String now = hall.get("/hls/plenary/fr/index.m3u8").body();
    String hint = now.replaceAll("(?s).*#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"([^\"]+)\".*", "$1");
    HttpResponse<String> part = hall.later("/hls/plenary/fr/" + hint).get(20, TimeUnit.SECONDS);

    assertThat(part.statusCode()).isEqualTo(200);
    assertThat(header(part, "Content-Type")).isEqualTo("audio/mp4");
    assertThat(header(part, "Cache-Control")).isEqualTo("public, max-age=3600, immutable");
  }

  @Test
  void segmentsAreTheirPartsAndCanBeHadInRanges() {
    byte[] segment = hall.bytes("/hls/plenary/ja/1.m4s");
    assertThat(segment.length).isPositive();
    assertThat(hall.bytes("/hls/plenary/ja/init.mp4").length).isPositive();

    HttpResponse<String> range = hall.get("/hls/plenary/ja/1.m4s", "Range", "bytes=0-9");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(header(range, "Content-Range")).isEqualTo("bytes 0-9/" + segment.length);
    HttpResponse<String> beyond = hall.get("/hls/plenary/ja/1.m4s", "Range", "bytes=99999999-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.body()).contains("/problems/no-such-range");
    String etag = header(range, "ETag");
    assertThat(hall.get("/hls/plenary/ja/1.m4s", "If-None-Match", etag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void aDeltaIsShorter() {
    hall.playlist("floor", 16, 0); // Beyond six target durations.
    String all = hall.get("/hls/plenary/floor/index.m3u8").body();
    String delta = hall.get("/hls/plenary/floor/index.m3u8?_HLS_skip=YES").body();

    assertThat(all).contains("CAN-SKIP-UNTIL", "CAN-BLOCK-RELOAD=YES");
    assertThat(delta).contains("#EXT-X-SKIP:SKIPPED-SEGMENTS=").hasSizeLessThan(all.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"floor", "ja", "picture", "slides"})
  void everyReloadKeepsToTheRules(String track) {
    String path = "/hls/plenary/" + track + "/index.m3u8";
    String text = hall.get(path).body();
    PlaylistCheck check = PlaylistCheck.of(text);
    for (int reload = 0; reload < 8; reload++) {
      String hint = text.replaceAll("(?s).*#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"([^\"]+)\".*", "$1");
      String[] place = hint.split("\\.", 3);
      text = hall.get(path + "?_HLS_msn=" + place[0] + "&_HLS_part=" + place[1]).body();
      check = PlaylistCheck.of(text).follows(check);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/hls/plenary/floor/index.m3u8?_HLS_msn=999999,             400, malformed",
    "/hls/plenary/floor/index.m3u8?_HLS_part=1,                 400, malformed",
    "/hls/plenary/floor/index.m3u8?_HLS_msn=-1,                 400, malformed",
    "/hls/plenary/floor/index.m3u8?_HLS_msn=x,                  400, malformed",
    "/hls/plenary/en/index.m3u8,                                404, not-found",
    "/hls/plenary/floor/999999.m4s,                             404, not-found",
    "/hls/plenary/floor/0.m4s,                                  404, not-found",
    "/hls/plenary/floor/1.999.m4s,                              404, not-found",
    "/hls/plenary/floor/init-7.mp4,                             404, not-found",
    "/hls/plenary/floor/parts,                                  404, not-found",
    "/hls/plenary/floor/..%2Fjournal.jsonl,                     404, not-found",
    "/hls/plenary/captions/fr.vtt,                              404, not-found",
    "/hls/plenary/poster.jpg,                                   404, not-found",
    "/hls/plenary/index.m3u8?full=1,                            403, wrong-role",
    "/hls/plenary/index.m3u8?t=forged,                          401, bad-token",
    "/hls/nowhere/index.m3u8,                                   404, no-such-recording",
    "/hls/council/index.m3u8,                                   401, no-token",
    "/api/recordings/plenary/download.mp4,                      409, conflict",
  })
  void whatCannotBeIsRefused(String path, int status, String type) {
    HttpResponse<String> answer = hall.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("/problems/" + type);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "cookie", "parameter"})
  void aPrivateSessionIsPlayedWithALinkACookieOrAParameter(String how) {
    hall.playlist("floor", 2, 0);
    String token = hall.token(Role.ATTENDEE);
    HttpResponse<String> answer =
        switch (how) {
          case "bearer" -> hall.get("/hls/council/index.m3u8", "Authorization", "Bearer " + token);
          case "cookie" -> {
            HttpResponse<String> set =
                hall.send("POST", "/api/hls-cookie", null, "Authorization", "Bearer " + token);
            assertThat(set.statusCode()).isEqualTo(204);
            String cookie = header(set, "Set-Cookie");
            assertThat(cookie)
                .contains("Path=/hls;", "HTTPOnly", "SameSite=Strict", "Max-Age=43200")
                .doesNotContain(token);
            yield hall.get("/hls/council/index.m3u8", "Cookie", cookie.split(";", 2)[0]);
          }
          default -> {
            HttpResponse<String> made =
                hall.send("POST", "/api/hls-token", null, "Authorization", "Bearer " + token);
            String t = made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
            HttpResponse<String> first = hall.get("/hls/council/index.m3u8?t=" + t);
            assertThat(first.body()).contains("floor/index.m3u8?t=" + t);
            HttpResponse<String> media = hall.get("/hls/council/floor/index.m3u8?t=" + t);
            assertThat(media.body()).contains("init.mp4?t=" + t, ".m4s?t=" + t);
            // It opens nothing else.
            assertThat(
                    hall.get("/api/sessions/council", "Authorization", "Bearer " + t).statusCode())
                .isEqualTo(401);
            yield first;
          }
        };

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).startsWith("private");
  }

  @Test
  void theLogNeverHoldsAToken() {
    Logger requests = (Logger) LoggerFactory.getLogger("org.kakehashi.requests");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    requests.setLevel(Level.INFO);
    requests.addAppender(lines);
    try {
      hall.get("/hls/plenary/floor/index.m3u8?t=secret-of-somebody");
      hall.get("/hls/plenary/floor/index.m3u8", "Cookie", "kakehashi-hls=secret-of-somebody");
      hall.get("/health/live");
    } finally {
      requests.detachAppender(lines);
      requests.setLevel(null);
    }

    // A line is written once its answer has been sent, which its client may know of before.
    assertThat(lines.list.toString())
        .contains("/hls/plenary/floor/index.m3u8 401")
        .doesNotContain("secret-of-somebody");
  }

  @Test
  void operatorsSeeWhatIsPlayed() {
    hall.get("/hls/plenary/floor/index.m3u8");
    String metrics = hall.get("/metrics", "Authorization", "Bearer secret").body();

    assertThat(metrics)
        .containsPattern("kakehashi_hls_viewers [1-9]")
        .contains("kakehashi_recording_recorders 2");
  }

  private static long lastSegment(String playlist) {
    return playlist
        .lines()
        .filter(line -> line.matches("\\d+\\.m4s"))
        .mapToLong(line -> Long.parseLong(line.replace(".m4s", "")))
        .max()
        .orElse(0);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
