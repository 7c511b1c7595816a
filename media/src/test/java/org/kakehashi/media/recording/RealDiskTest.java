package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.recording.RecorderStatus.Reason;
import org.kakehashi.media.recording.RecorderStatus.State;

/** A disk that is full, and one that is gone, while the recorder writes: no simulation of it. */
class RealDiskTest {
  private static final long MIB = 1 << 20;
  private static final long SECOND = 48_000;

  /** Nothing is kept free, so that it is the disk that says no. */
  private static final RecordingSettings SETTINGS = RecordingSettings.standard().withDisk(0, 0);

  @TempDir Path folder;

  /** A speaker with a camera, whom everybody hears. */
  private record Stage(Conference conference, SimulatedVoice voice, SimulatedCamera camera)
      implements AutoCloseable {
    static Stage begins(int seconds) {
      Conference conference = new Conference(Conference.BEGINS.plusSeconds(seconds), "fr");
      SimulatedVoice voice =
          conference.join(new SimulatedVoice(conference, "v", 0, 1_920, time -> true));
      SimulatedCamera camera =
          conference.join(new SimulatedCamera(conference, "c", 160, 90, 25, 0, time -> false));
      conference.feed("floor", voice.source());
      conference.session.picture().show(camera.source());
      return new Stage(conference, voice, camera);
    }

    Recorder record(Path place) {
      return Recorder.byHand(conference.session, List.of("fr"), place, SETTINGS, Disk.of(place));
    }

    @Override
    public void close() {
      conference.close();
      voice.close();
      camera.close();
    }
  }

  /** How much is left decides which write meets the end: of a part, an index, a playlist. */
  @ParameterizedTest
  @ValueSource(longs = {100, 200, 204, 208, 212, 216, 400, 700})
  void aFullDiskIsAClearEndThatPlaysAndCanBeGoneOnWith(long kib) throws IOException {
    try (Tmpfs disk = Tmpfs.mount(folder, 4 * MIB)) {
      Path place = disk.place().resolve("recording");
      disk.fill(kib << 10);
      try (Stage stage = Stage.begins(0)) {
        Recorder recorder = stage.record(place);
        for (int i = 0; i < 90 && recorder.status().state() == State.RECORDING; i++) {
          stage.conference().run(Duration.ofSeconds(1), recorder);
        }
        assertThat(recorder.status().state()).isEqualTo(State.FAILED);
        assertThat(recorder.status().reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(recorder.status().problem()).contains("The disk is full", "is kept");
        assertThat(recorder.recording().isLive()).as("viewers see it end").isFalse();
        recorder.close();
      }
      Recording left = Recording.open(place); // Which repairs it, on the full disk.
      assertThat(left.isLive()).as("it can be gone on with").isTrue();
      assertThat(left.durationTicks()).isPositive();
      checkPlays(left);

      disk.empty();
      try (Stage stage = Stage.begins(100)) {
        Recorder recorder = stage.record(place);
        stage.conference().run(Duration.ofSeconds(3), recorder);
        assertThat(recorder.status().state()).isEqualTo(State.RECORDING);
        recorder.finish();
      }
      Recording whole = Recording.open(place);
      assertThat(whole.isLive()).isFalse();
      assertThat(whole.gaps()).hasSize(1);
      assertThat(whole.gaps().getFirst().start()).isLessThanOrEqualTo(left.durationTicks());
      assertThat(whole.durationTicks()).isBetween(103 * SECOND, 103 * SECOND + 1_024);
      checkPlays(whole);
    }
  }

  /** A beginning that did not succeed does not stand in the way of the next. */
  @ParameterizedTest
  @ValueSource(longs = {0, 4, 8, 16, 24, 32, 40, 48, 56})
  void aRecordingThatCannotBeginForWantOfRoomBeginsLater(long kib) throws IOException {
    try (Tmpfs disk = Tmpfs.mount(folder, 4 * MIB)) {
      Path place = disk.place().resolve("recording");
      disk.fill(kib << 10);
      try (Stage stage = Stage.begins(0)) {
        try (Recorder recorder = stage.record(place)) {
          stage.conference().run(Duration.ofSeconds(5), recorder);
          assertThat(recorder.status().reason()).isEqualTo(Reason.DISK_FULL);
        } catch (RecordingException refused) {
          assertThat(refused.code()).isEqualTo(RecordingException.Code.FOLDER_UNUSABLE);
          assertThat(refused).hasMessageContaining("No space left");
        }
      }
      disk.empty();
      try (Stage stage = Stage.begins(30)) {
        Recorder recorder = stage.record(place);
        stage.conference().run(Duration.ofSeconds(3), recorder);
        assertThat(recorder.status().state()).isEqualTo(State.RECORDING);
        recorder.finish();
      }
      checkPlays(Recording.open(place));
    }
  }

  @Test
  void aDiskThatIsGoneIsAClearEndAndWhatWasOnItPlays() throws IOException {
    try (Tmpfs disk = Tmpfs.mount(folder, 16 * MIB);
        Stage stage = Stage.begins(0)) {
      Recorder recorder = stage.record(disk.place().resolve("recording"));
      stage.conference().run(Duration.ofSeconds(7), recorder);
      assertThat(recorder.status().state()).isEqualTo(State.RECORDING);
      disk.vanish();
      stage.conference().run(Duration.ofSeconds(5), recorder);
      assertThat(recorder.status().state()).isEqualTo(State.FAILED);
      assertThat(recorder.status().reason()).isEqualTo(Reason.DISK_GONE);
      assertThat(recorder.status().problem()).contains("cannot be written any more");
      assertThat(recorder.recording().isLive()).as("viewers see it end").isFalse();
      recorder.close();

      Recording left = Recording.open(disk.elsewhere().resolve("recording"));
      assertThat(left.durationTicks()).isGreaterThan(6 * SECOND);
      checkPlays(left);
      checkPlays(Recorder.close(left.folder(), SETTINGS));
    }
  }

  private static void checkPlays(Recording recording) throws IOException {
    for (Track track : recording.tracks()) {
      for (Decoded run : Decoded.track(track)) {
        assertThat(run.errors).as(track.toString()).isEmpty();
      }
      PlaylistCheck.of(new MediaPlaylist(track, "").whole(Trim.NONE, "VOD"));
    }
  }
}
