package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour, simulated, through the real recorder: clicks on three channels and flashes in the
 * picture at the same moments, from senders whose clocks run fast and slow, who leave and return.
 */
class AlignmentTest {
  private static final long SECOND = 48_000;
  private static final long EVERY = 10 * SECOND;
  private static final long WITHIN = 960; // 20 ms

  private static final int FPS = 10;

  private static final int MINUTES = 30;

  /** When Ken's microphone (ja) is away: start in seconds, and for how many milliseconds. */
  private static final int[][] AWAY = {
    {63, 100}, {123, 500}, {243, 2_000}, {363, 7_000}, {603, 30_000}, {1_203, 250}
  };

  @TempDir Path folder;

  @Test
  void clicksAndFlashesStayTogether() throws IOException {
    Recording recording = record();
    List<Long> floor = Decoded.events(recording.find("floor"));
    List<Long> fr = Decoded.events(recording.find("fr"));
    List<Long> ja = Decoded.events(recording.find("ja"));
    List<Long> picture = Decoded.events(recording.find("picture"));
    assertTogether("segments", floor, fr, ja, picture);

    Path file = folder.resolve("all.mp4");
    try (OutputStream out = Files.newOutputStream(file)) {
      Mp4Download.write(
          recording,
          new Mp4Download.Selection(
              List.of("picture", "floor", "fr", "ja"),
              Trim.NONE,
              List.of(
                  new DownloadChapter(0, 600 * SECOND, "Opening"),
                  new DownloadChapter(600 * SECOND, 1_800 * SECOND, "言葉の橋")),
              "floor",
              Map.of("floor", "Original", "fr", "Français", "ja", "日本語"),
              "Bridges"),
          out);
    }
    Decoded mp4 = Decoded.file(file);
    assertThat(mp4.errors).isEmpty();
    assertThat(mp4.languages).containsEntry(2, "fra").containsEntry(3, "jpn");
    assertThat(mp4.sizes).contains("160x90", "320x180", "640x360");
    assertThat(mp4.chapters).hasSize(2);
    assertThat(mp4.chapters.getLast()).contains("言葉の橋");
    assertTogether(
        "MP4", mp4.events.get(1), mp4.events.get(2), mp4.events.get(3), mp4.events.get(0));
    for (int stream = 0; stream < 4; stream++) {
      assertThat(mp4.spans.get(stream)[0]).isZero();
      assertThat(mp4.spans.get(stream)[1])
          .as("no track is shorter")
          .isBetween(
              recording.durationTicks() - WITHIN,
              recording.durationTicks()
                  + 4_800); // A last frame is taken to last as long as others.
    }
  }

  private Recording record() {
    try (Conference conference = new Conference("fr", "ja");
        SimulatedVoice martin = voice(conference, "martin", 100, 1_500);
        SimulatedVoice claire = voice(conference, "claire", -100, 2_900);
        SimulatedVoice ken = voice(conference, "ken", 37, 2_000);
        SimulatedCamera camera =
            conference.join(
                new SimulatedCamera(
                    conference, "camera", 160, 90, FPS, -60, time -> time % EVERY == 0))) {
      conference.feed("floor", martin.source());
      conference.feed("fr", claire.source());
      conference.feed("ja", ken.source());
      claire.loss(0.01);
      conference.session.picture().show(camera.source());
      Recorder recorder =
          conference.record(
              folder.resolve("recording"),
              RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER));
      long ticks = 0;
      for (long ms = 0; ms < MINUTES * 60_000L; ms += 20) {
        conference.run(Duration.ofMillis(20), recorder);
        ken.present(!isAway(ms));
        if (ms == 405_000) {
          camera.resize(320, 180);
        } else if (ms == 700_000) {
          camera.present(false);
        } else if (ms == 713_000) {
          camera.present(true);
        } else if (ms == 905_000) {
          camera.resize(160, 90);
        }
        ticks += Conference.STEP;
      }
      recorder.finish();
      assertThat(recorder.recording().durationTicks()).isBetween(ticks, ticks + 1_024);
      System.out.println("Aligned: " + recorder.status());
      return recorder.recording();
    }
  }

  private static SimulatedVoice voice(Conference conference, String id, double ppm, long latency) {
    return conference.join(
        new SimulatedVoice(conference, id, ppm, latency, time -> time % EVERY == 0));
  }

  private static boolean isAway(long ms) {
    for (int[] away : AWAY) {
      if (ms >= away[0] * 1_000L && ms < away[0] * 1_000L + away[1]) {
        return true;
      }
    }
    return false;
  }

  private static void assertTogether(
      String what, List<Long> floor, List<Long> fr, List<Long> ja, List<Long> picture) {
    long worst = 0;
    List<Long> missing = new ArrayList<>();
    for (long time = EVERY; time < (MINUTES * 60 - 1) * SECOND; time += EVERY) {
      List<Long> there = new ArrayList<>();
      for (List<Long> events : List.of(floor, fr, ja, picture)) {
        long expected = time;
        events.stream().filter(t -> Math.abs(t - expected) < SECOND).forEach(there::add);
      }
      if (there.size() < 4) {
        missing.add(time / SECOND);
      }
      long earliest = there.stream().mapToLong(Long::longValue).min().orElse(0);
      long latest = there.stream().mapToLong(Long::longValue).max().orElse(0);
      worst = Math.max(worst, latest - earliest);
      assertThat(latest - earliest)
          .as("%s at %d s: %s", what, time / SECOND, there)
          .isLessThanOrEqualTo(WITHIN);
    }
    System.out.printf("%s: at most %.1f ms apart%n", what, worst / 48.0);
    // Only while somebody was away: Ken at 610, 620, 630 s, the camera at 700 and 710 s.
    assertThat(missing).isSubsetOf(370L, 610L, 620L, 630L, 700L, 710L);
  }
}
