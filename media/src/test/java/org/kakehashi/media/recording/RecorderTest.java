package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.recording.Playlists.Delivery;

class RecorderTest {
  private static final RecordingSettings SETTINGS =
      RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER);

  private static final long SECOND = 48_000;

  @TempDir Path folder;

  @Test
  void recordsWhatEveryChannelCarriesInItsPlace() throws IOException {
    try (Conference conference = new Conference("fr", "ja");
        SimulatedVoice voice =
            conference.join(
                new SimulatedVoice(conference, "aiko", 0, 1_920, RecorderTest::everyTwoSeconds));
        SimulatedCamera camera =
            conference.join(
                new SimulatedCamera(
                    conference, "camera", 320, 180, 25, 0, RecorderTest::everyTwoSeconds))) {
      conference.feed("floor", voice.source());
      conference.feed("ja", voice.source());
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      Recording recording = recorder.recording();
      conference.run(Duration.ofSeconds(10), recorder);
      recorder.finish();

      assertThat(recording.isLive()).isFalse();
      assertThat(recording.tracks())
          .allSatisfy(
              track -> assertThat(track.snapshot().end()).isEqualTo(recording.durationTicks()));
      for (String name : List.of("floor", "ja", "picture")) {
        assertTimes(Decoded.events(recording.track(name).orElseThrow()), 1, 3, 5, 7, 9);
      }
      for (String name : List.of("fr", "slides")) {
        assertThat(Decoded.events(recording.track(name).orElseThrow())).isEmpty();
      }
      assertThat(recorder.status().damaged())
          .as("what came before the first key frame")
          .isLessThan(3);
      assertThat(recorder.status().late()).isZero();
    }
  }

  @Test
  void cutsThePictureAtKeyFramesItAsksFor() throws IOException {
    try (Conference conference = new Conference();
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 320, 180, 25, 0, t -> false))) {
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      conference.run(Duration.ofSeconds(20), recorder);
      recorder.finish();

      List<Segment> segments = recorder.recording().find("picture").snapshot().segments();
      assertThat(segments).allMatch(Segment::independent);
      assertThat(segments.subList(1, segments.size() - 1))
          .allSatisfy(s -> assertThat(s.duration()).isBetween(85_000L, 110_000L));
    }
  }

  @Test
  void cutsWithoutAKeyFrameIfNoneComes() throws IOException {
    try (Conference conference = new Conference();
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 320, 180, 25, 0, t -> false))) {
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      conference.run(Duration.ofSeconds(2), recorder);
      camera.answers(false);
      conference.run(Duration.ofSeconds(20), recorder);
      PlaylistCheck live =
          PlaylistCheck.of(
              Playlists.media(
                  recorder.recording(), recorder.recording().find("picture"), Delivery.PLAIN));
      recorder.finish();

      assertThat(live.segments)
          .anyMatch(s -> !s.parts().isEmpty() && !s.parts().getFirst().independent());
      Decoded.events(recorder.recording().find("picture"));
    }
  }

  @Test
  void aPictureThatComesSeldomIsShownAgainMeanwhile() throws IOException {
    try (Conference conference = new Conference();
        SimulatedCamera screen =
            conference.join(
                new SimulatedCamera(
                    conference, "s", 480, 270, 1, 0, RecorderTest::everyTwoSeconds))) {
      conference.session.slides().show(screen.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      conference.run(Duration.ofSeconds(20), recorder);
      assertThat(recorder.status().transcoded()).containsExactly("slides");
      recorder.finish();

      Track slides = recorder.recording().find("slides");
      assertThat(slides.snapshot().end()).isEqualTo(recorder.recording().durationTicks());
      List<Decoded> runs = Decoded.track(slides);
      assertThat(runs).allSatisfy(run -> assertThat(run.errors).isEmpty());
      assertThat(runs.getLast().sizes).as("no slate in between").containsExactly("480x270");
      assertThat(screen.keyFrames())
          .as("it is not asked for key frames all the time")
          .isLessThan(8);
    }
  }

  @Test
  void aLostPictureBecomesASlateAndComesBack() throws IOException {
    try (Conference conference = new Conference();
        SimulatedCamera camera =
            conference.join(
                new SimulatedCamera(
                    conference, "c", 320, 180, 25, 0, RecorderTest::everyTwoSeconds))) {
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      conference.run(Duration.ofSeconds(4), recorder);
      camera.present(false);
      conference.run(Duration.ofMillis(4_500), recorder);
      camera.present(true);
      conference.run(Duration.ofSeconds(5), recorder);
      recorder.finish();

      Track picture = recorder.recording().find("picture");
      assertTimes(Decoded.events(picture), 1, 3, 9, 11, 13);
      assertThat(picture.snapshot().formats()).extracting(VideoFormat::width).contains(640, 320);
    }
  }

  @Test
  void playlistsHoldAtEveryMoment() throws IOException {
    try (Conference conference = new Conference("fr");
        SimulatedVoice voice =
            conference.join(new SimulatedVoice(conference, "v", 80, 1_920, t -> false));
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 320, 180, 15, 50, t -> false))) {
      conference.feed("floor", voice.source());
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      Recording recording = recorder.recording();
      conference.run(Duration.ofSeconds(1), recorder);
      Map<String, PlaylistCheck> before = new HashMap<>();
      for (int i = 0; i < 200; i++) {
        conference.run(Duration.ofMillis(180), recorder);
        if (i == 60) {
          camera.resize(160, 90);
        }
        camera.present(i < 90 || i > 110);
        for (Track track : recording.tracks()) {
          PlaylistCheck now = PlaylistCheck.of(Playlists.media(recording, track, Delivery.PLAIN));
          PlaylistCheck old = before.put(track.info().name(), now);
          if (old != null) {
            now.follows(old);
            PlaylistCheck.of(Playlists.media(recording, track, new Delivery(true, "", Trim.NONE)))
                .follows(old);
          }
        }
      }
      recorder.finish();
      for (Track track : recording.tracks()) {
        PlaylistCheck.of(Playlists.media(recording, track, Delivery.PLAIN))
            .follows(before.get(track.info().name()));
        PlaylistCheck file =
            PlaylistCheck.of(Files.readString(track.folder().resolve("index.m3u8")));
        assertThat(file.type).isEqualTo("VOD");
        PlaylistCheck trimmed =
            PlaylistCheck.of(
                Playlists.media(
                    recording, track, new Delivery(false, "", new Trim(5 * SECOND, 9 * SECOND))));
        assertThat(trimmed.segments.getFirst().dateTime())
            .isBefore(Conference.BEGINS.plusSeconds(5).plusMillis(1));
        assertThat(trimmed.segments).hasSizeLessThan(6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 12, 15, 20, 24, 25, 30, 50})
  void partsAreAboutAsLongAsTheirTargetWhateverTheFrameRate(int fps) throws IOException {
    try (Conference conference = new Conference();
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 320, 180, fps, 0, t -> false))) {
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder, SETTINGS);
      for (int i = 0; i < 20; i++) {
        conference.run(Duration.ofMillis(400), recorder);
        PlaylistCheck.of(
            Playlists.media(
                recorder.recording(), recorder.recording().find("picture"), Delivery.PLAIN),
            0);
      }
      recorder.finish();
    }
  }

  @Test
  void doesNotBeginOnAFullDisk() {
    try (Conference conference = new Conference()) {
      assertThatThrownBy(
              () ->
                  Recorder.byHand(conference.session, List.of(), folder, SETTINGS, () -> 1_000_000))
          .isInstanceOfSatisfying(
              RecordingException.class,
              e -> assertThat(e.code()).isEqualTo(RecordingException.Code.DISK_LOW))
          .hasMessageContaining("MB free");
    }
  }

  private static boolean everyTwoSeconds(long time) {
    return time % (2 * SECOND) == SECOND;
  }

  /** Within 20 ms of these seconds; a frame lasts 40 ms and begins at most 20 ms late here. */
  private static void assertTimes(List<Long> events, int... seconds) {
    assertThat(events).hasSize(seconds.length);
    for (int i = 0; i < seconds.length; i++) {
      assertThat(events.get(i)).isBetween(seconds[i] * SECOND - 100, seconds[i] * SECOND + 961);
    }
  }
}
