package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.recording.PlaylistCheck;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.store.FolderStore;
import org.kakehashi.server.store.JournalEvent;

/**
 * A recording from its first second to its deletion, over two restarts. In order: each test finds
 * the recording as the one before left it.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayTest {
  private static final String PLENARY = "/api/recordings/plenary";

  private Hall hall;

  @BeforeAll
  void start(@TempDir Path folder) {
    hall = new Hall(folder);
  }

  @AfterAll
  void stop() {
    hall.close();
  }

  @Test
  @Order(1)
  void afterARestartTheRecordingGoesOnBehindAMarkedGap() {
    hall.playlist("floor", 2, 0);
    hall.stop();
    hall.start();
    long whole = recording().getLong("durationMs") / 1000;
    String playlist = hall.playlist("floor", whole + 3, 0);

    assertThat(playlist).contains("\n1.m4s\n").doesNotContain("#EXT-X-ENDLIST");
    assertThat(recording().getString("state")).isEqualTo("live");
    JsonArray gaps = recording().getJsonArray("gaps");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.getJsonObject(0).getLong("endMs"))
        .isGreaterThan(gaps.getJsonObject(0).getLong("startMs"));
    assertThat(kinds()).contains("gap");
    assertThat(events())
        .extracting(event -> event instanceof JournalEvent.Recording r ? r.state() : "")
        .contains("started", "resumed");
  }

  @Test
  @Order(2)
  void whatIsLiveIsNeitherTrimmedNorDeletedNorDownloaded() {
    assertThat(patch("{\"trim\":{\"startMs\":0,\"endMs\":1000}}").statusCode()).isEqualTo(409);
    assertThat(as(Role.ORGANISER, "DELETE", PLENARY, null).statusCode()).isEqualTo(409);
    assertThat(hall.get(PLENARY + "/download.mp4").statusCode()).isEqualTo(409);
  }

  @Test
  @Order(3)
  void aSessionThatWasOverIsClosedPlayableAndListed() {
    hall.stop();
    hall.over("plenary");
    hall.over("council");
    hall.start();

    assertThat(recording().getString("state")).isEqualTo("ended");
    assertThat(hall.get("/api/sessions/plenary").body()).contains("\"state\":\"ended\"");
    assertThat(hall.get("/api/recordings").body())
        .contains("\"session\":\"plenary\"")
        .doesNotContain("\"session\":\"council\"");
    assertThat(hall.get("/hls/plenary/index.m3u8").statusCode()).isEqualTo(200);
    for (String track : List.of("floor", "fr", "ja", "picture", "slides")) {
      HttpResponse<String> playlist = hall.get("/hls/plenary/" + track + "/index.m3u8");
      PlaylistCheck.of(playlist.body());
      assertThat(playlist.body()).as(track).contains("#EXT-X-ENDLIST").doesNotContain("EXT-X-PART");
    }
    assertThat(hall.get("/hls/plenary/floor/1.m4s").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void whatIsHeldBackIsForChairAndOrganiser() {
    assertThat(as(Role.ATTENDEE, "GET", "/hls/council/index.m3u8", null).body())
        .contains("/problems/not-published");
    assertThat(as(Role.ATTENDEE, "GET", "/api/recordings", null).body()).doesNotContain("council");
    assertThat(as(Role.CHAIR, "GET", "/hls/council/index.m3u8", null).statusCode()).isEqualTo(200);
    assertThat(as(Role.ORGANISER, "GET", "/api/recordings", null).body()).contains("council");

    String council = "/api/recordings/council";
    assertThat(as(Role.ORGANISER, "PATCH", council, "{\"published\":true}").statusCode())
        .isEqualTo(200);
    assertThat(as(Role.ATTENDEE, "GET", "/hls/council/index.m3u8", null).statusCode())
        .isEqualTo(200);
    assertThat(as(Role.ORGANISER, "PATCH", council, "{\"published\":false}").statusCode())
        .isEqualTo(200);
    assertThat(as(Role.ATTENDEE, "GET", "/hls/council/floor/1.m4s", null).statusCode())
        .isEqualTo(403);
  }

  @Test
  @Order(5)
  void whatIsCutAwayIsGivenToNobody() {
    long end = recording().getLong("durationMs");
    assertThat(patch("{\"trim\":{\"startMs\":1500,\"endMs\":" + end + "}}").statusCode())
        .isEqualTo(200);

    assertThat(recording().getJsonObject("trim").getLong("startMs")).isEqualTo(1500);
    assertThat(hall.get("/hls/plenary/floor/index.m3u8").body()).doesNotContain("\n1.m4s");
    assertThat(hall.get("/hls/plenary/floor/1.m4s").statusCode()).isEqualTo(404);
    HttpResponse<String> all =
        as(Role.ORGANISER, "GET", "/hls/plenary/floor/index.m3u8?full=1", null);
    assertThat(all.body()).contains("\n1.m4s?full=1\n");
    assertThat(all.headers().firstValue("Cache-Control").orElse("")).startsWith("private");
    assertThat(as(Role.ORGANISER, "GET", "/hls/plenary/floor/1.m4s?full=1", null).statusCode())
        .isEqualTo(200);
    assertThat(patch("{\"trim\":null}").statusCode()).isEqualTo(200);
    assertThat(hall.get("/hls/plenary/floor/1.m4s").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(6)
  void captionsAreARendition() {
    String vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour\n";
    assertThat(captions(Role.ATTENDEE, vtt).statusCode()).isEqualTo(403);
    assertThat(captions(Role.CHAIR, "Bonjour").body()).contains("/problems/bad-captions", "Line 1");
    assertThat(captions(Role.CHAIR, vtt + "\nNOTE " + "x\n".repeat(100_000)).statusCode())
        .isEqualTo(200);

    assertThat(recording().getJsonArray("captions")).containsExactly("fr");
    assertThat(hall.get("/hls/plenary/index.m3u8").body())
        .contains("TYPE=SUBTITLES", "captions/fr.m3u8");
    assertThat(hall.get("/hls/plenary/captions/fr.m3u8").body()).contains("fr.vtt", "ENDLIST");
    assertThat(hall.get("/hls/plenary/captions/fr.vtt").body())
        .contains("X-TIMESTAMP-MAP", "Bonjour");
    assertThat(as(Role.CHAIR, "DELETE", PLENARY + "/captions/fr", null).statusCode())
        .isEqualTo(200);
    assertThat(hall.get("/hls/plenary/captions/fr.vtt").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(7)
  void aFrameBecomesThePoster() {
    assertThat(as(Role.CHAIR, "PUT", PLENARY + "/poster", "{\"atMs\":500}").statusCode())
        .isEqualTo(200);

    String poster = recording().getString("poster");
    byte[] jpeg = hall.bytes(poster);
    assertThat(jpeg).startsWith((byte) 0xff, (byte) 0xd8, (byte) 0xff);
    assertThat(hall.get(poster).headers().firstValue("Content-Type")).contains("image/jpeg");
  }

  @Test
  @Order(8)
  void chaptersAreRenamed() {
    String id = chapterId();
    assertThat(
            patch("{\"chapters\":[{\"id\":\"" + id + "\",\"title\":{\"fr\":\"Pause\"}}]}")
                .statusCode())
        .isEqualTo(200);
    assertThat(chapters().getJsonObject(0).getJsonObject("title").getString("fr"))
        .isEqualTo("Pause");
    assertThat(patch("{\"chapters\":[{\"id\":\"none\",\"title\":null}]}").statusCode())
        .isEqualTo(422);
    assertThat(patch("{\"chapters\":[{\"id\":\"" + id + "\",\"title\":null}]}").statusCode())
        .isEqualTo(200);
    assertThat(chapters().getJsonObject(0).getBoolean("renamed")).isFalse();
  }

  @ParameterizedTest
  @Order(9)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                                        | 400
          {}                                       | 422
          {"published":1}                          | 422
          {"trim":5}                               | 422
          {"trim":{"startMs":5,"endMs":5}}         | 422
          {"trim":{"startMs":-1,"endMs":5}}        | 422
          {"trim":{"startMs":99999999,"endMs":100000000}} | 422
          {"chapters":{}}                          | 422
          {"chapters":[{"id":"a"}]}                | 422
          {"chapters":[{"id":"a","title":{"<":"b"}}]} | 422
          """)
  void aChangeThatCannotBeIsRefused(String body, int status) {
    assertThat(patch(body).statusCode()).isEqualTo(status);
  }

  @Test
  @Order(9)
  void downloadsAreForThoseWhoMayPlay() {
    HttpResponse<String> mp4 = hall.send("HEAD", PLENARY + "/download.mp4", null);
    assertThat(mp4.statusCode()).isEqualTo(200);
    assertThat(mp4.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(mp4.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"plenary.mp4\"");
    assertThat(hall.get("/api/recordings/council/download.mp4").statusCode()).isEqualTo(401);
    assertThat(hall.get(PLENARY + "/download/en.m4a").body()).contains("floor, fr, ja");
    assertThat(recording().getJsonArray("downloads")).hasSize(4);
  }

  @Test
  @Order(10)
  void aDeletionCanBeUndone() {
    assertThat(as(Role.ATTENDEE, "DELETE", PLENARY, null).statusCode()).isEqualTo(403);
    assertThat(as(Role.ORGANISER, "DELETE", PLENARY, null).body()).contains("deletedUntil\":\"20");
    assertThat(hall.get("/hls/plenary/index.m3u8").statusCode()).isEqualTo(404);
    assertThat(hall.get(PLENARY).statusCode()).isEqualTo(404);
    assertThat(hall.get("/api/recordings").body()).doesNotContain("plenary");
    hall.stop();
    hall.start();
    assertThat(as(Role.ORGANISER, "GET", "/api/recordings", null).body()).contains("plenary");
    assertThat(as(Role.ORGANISER, "POST", PLENARY + "/restore", null).statusCode()).isEqualTo(200);
    assertThat(hall.get("/hls/plenary/floor/1.m4s").statusCode()).isEqualTo(200);
    assertThat(events())
        .filteredOn(event -> event instanceof JournalEvent.Edited)
        .extracting(event -> ((JournalEvent.Edited) event).what())
        .containsExactly(
            "trimmed",
            "trimmed",
            "captions",
            "captions-removed",
            "poster",
            "chapter",
            "chapter",
            "deleted",
            "restored");
  }

  @Test
  @Order(11)
  void whatWasDeletedLongAgoIsGoneButForItsJournal() {
    as(Role.ORGANISER, "DELETE", PLENARY, null);
    hall.stop();
    RecordingCatalogue later =
        new RecordingCatalogue(
            hall.data(), RecordingsSettings.DEFAULT, () -> Instant.now().plus(Duration.ofDays(8)));
    assertThat(later.find("plenary")).isPresent();
    later.purge();

    assertThat(later.find("plenary")).isEmpty();
    assertThat(hall.data().resolve("recordings/plenary"))
        .isDirectoryContaining("glob:**/journal.jsonl")
        .isDirectoryNotContaining("glob:**/{floor,recording.json,poster.jpg,index.m3u8}");
    assertThat(Files.exists(hall.data().resolve("recordings/council/recording.json"))).isTrue();
    hall.start();
    assertThat(hall.get("/api/sessions/plenary").body()).contains("\"state\":\"ended\"");
  }

  private JsonObject recording() {
    return hall.json(PLENARY, hall.token(Role.ATTENDEE));
  }

  private JsonArray chapters() {
    return recording().getJsonArray("chapters");
  }

  private String chapterId() {
    return chapters().getJsonObject(0).getString("id");
  }

  private List<String> kinds() {
    return chapters().stream().map(c -> ((JsonObject) c).getString("kind")).toList();
  }

  private List<JournalEvent> events() {
    return new FolderStore(hall.data())
        .entries("plenary").stream().map(entry -> entry.event()).toList();
  }

  private HttpResponse<String> patch(String body) {
    return as(Role.ORGANISER, "PATCH", PLENARY, body);
  }

  private HttpResponse<String> captions(Role role, String vtt) {
    return hall.send(
        "PUT",
        PLENARY + "/captions/fr",
        vtt,
        "Authorization",
        "Bearer " + hall.token(role),
        "Content-Type",
        "text/vtt; charset=utf-8");
  }

  private HttpResponse<String> as(Role role, String method, String path, @Nullable String body) {
    return hall.send(
        method,
        path,
        body,
        "Authorization",
        "Bearer " + hall.token(role),
        "Content-Type",
        "application/json");
  }
}
