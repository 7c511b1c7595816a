package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.store.FolderStore;

/** Other people's players, as they are installed, play what is live, the replay and the export. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlayersTest {
  private static final long PATIENCE_SECONDS = 90;

  private Hall hall;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    hall = new Hall(folder);
    hall.playlist("floor", 3, 0);
    hall.playlist("picture", 3, 0);
  }

  @AfterAll
  void stop() {
    hall.close();
  }

  @Test
  @Order(1)
  void ffmpegPlaysWhatIsLive() throws Exception {
    assertThat(ffmpeg(hall.uri("/hls/plenary/index.m3u8").toString(), "-t", "3")).isEmpty();
  }

  @Test
  @Order(2)
  void gstreamerPlaysWhatIsLive() throws Exception {
    // A second of sound and of picture, then it ends by itself.
    assertThat(
            run(
                "gst-launch-1.0",
                "-q",
                "playbin3",
                "uri=" + hall.uri("/hls/plenary/index.m3u8"),
                "audio-sink=fakesink sync=true num-buffers=40",
                "video-sink=fakesink sync=true num-buffers=10"))
        .doesNotContain("ERROR");
  }

  @Test
  @Order(3)
  void ffmpegPlaysTheReplayToItsEnd() throws Exception {
    hall.stop();
    hall.over("plenary");
    hall.start();

    assertThat(ffmpeg(hall.uri("/hls/plenary/index.m3u8").toString())).isEmpty();
  }

  @Test
  @Order(4)
  void downloadsPlayAsTheyAre() throws Exception {
    Path mp4 = folder.resolve("plenary.mp4");
    Files.write(mp4, hall.bytes("/api/recordings/plenary/download.mp4?default=ja"));
    Path sound = folder.resolve("ja.m4a");
    Files.write(sound, hall.bytes("/api/recordings/plenary/download/ja.m4a"));

    assertThat(
            run(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "stream=codec_type:stream_tags=language:stream_disposition=default",
                "-of",
                "compact",
                mp4.toString()))
        .contains("codec_type=video")
        .containsPattern("codec_type=audio\\|.*default=1.*language=jpn")
        .contains("tag:language=fra");
    assertThat(
            run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                mp4.toString(),
                "-map",
                "0:v",
                "-map",
                "0:a",
                "-f",
                "null",
                "-"))
        .isEmpty();
    assertThat(run("ffmpeg", "-nostdin", "-v", "error", "-i", sound.toString(), "-f", "null", "-"))
        .isEmpty();
  }

  @Test
  @Order(5)
  void anExportPlaysWithoutTheServer() throws Exception {
    hall.send(
        "PUT",
        "/api/recordings/plenary/captions/fr",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour\n",
        "Authorization",
        "Bearer " + hall.token(org.kakehashi.server.people.Role.CHAIR),
        "Content-Type",
        "text/vtt");
    hall.stop();
    Path export = folder.resolve("export");
    RecordingCatalogue catalogue =
        new RecordingCatalogue(hall.data(), RecordingsSettings.DEFAULT, InstantSource.system());
    new FolderExport(new RecordingViews(catalogue, new FolderStore(hall.data()), System::nanoTime))
        .write(catalogue.find("plenary").orElseThrow(), export);

    assertThat(Files.readString(export.resolve("description.json")))
        .contains("\"session\" : \"plenary\"", "\"hls\" : \"index.m3u8\"", "\"poster.jpg\"")
        .doesNotContain("/hls/");
    assertThat(export.resolve("captions/fr.vtt")).content().contains("Bonjour");
    // Local files have no player's usual protections to get past.
    assertThat(ffmpeg(export.resolve("index.m3u8").toString(), "-allowed_extensions", "ALL"))
        .isEmpty();
    hall.start();
  }

  /** What FFmpeg complains about while it decodes everything. */
  private String ffmpeg(String input, String... options) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
    if (options.length > 0 && options[0].equals("-allowed_extensions")) {
      command.addAll(List.of(options));
      command.addAll(List.of("-i", input));
    } else {
      command.addAll(List.of("-i", input));
      command.addAll(List.of(options));
    }
    command.addAll(List.of("-map", "0:v", "-map", "0:a", "-f", "null", "-"));
    return run(command.toArray(String[]::new));
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "player", ".log");
    Process player =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = player.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    player.destroyForcibly().waitFor();
    String said = Files.readString(output);
    assertThat(ended).as(String.join(" ", command) + " ended by itself: " + said).isTrue();
    assertThat(player.exitValue()).as(said).isZero();
    return said.strip();
  }
}
