package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.media.recording.Playlists.Delivery;

/** What is left of a recording when the recorder is not there to end it. */
class CrashTest {
  private static final RecordingSettings SETTINGS =
      RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER);

  private static final long SECOND = 48_000;
  private static final int POINTS = 20;

  @TempDir Path folder;

  @Test
  void whateverIsLeftPlaysToItsLastPart() throws IOException {
    Random random = new Random(20);
    try (Conference conference = new Conference("fr");
        SimulatedVoice voice =
            conference.join(new SimulatedVoice(conference, "v", 50, 1_920, t -> true));
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 160, 90, 25, 0, t -> false))) {
      conference.feed("floor", voice.source());
      conference.session.picture().show(camera.source());
      Recorder recorder = conference.record(folder.resolve("live"), SETTINGS);
      for (int i = 0; i < POINTS; i++) {
        conference.run(Duration.ofMillis(300 + random.nextInt(1_500)), recorder);
        if (i == 8) {
          camera.resize(320, 180);
        }
        Path copy = copy(folder.resolve("live"), folder.resolve("crash-" + i));
        long now = recorder.recordingTicks(conference.clock.now());
        spoil(copy, random, i % 4);
        Recording left = Recording.open(copy);
        assertThat(left.isLive()).isTrue();
        if (i % 4 == 0) {
          assertThat(now - left.durationTicks()).as("lost").isLessThan(SECOND / 2);
        }
        checkPlays(left);
        Recording closed = Recorder.close(copy, SETTINGS);
        checkPlays(closed);
        checkEnded(closed);
        checkEnded(Recording.open(copy));
      }
      recorder.finish();
    }
  }

  @Test
  void goesOnAfterAGapThatIsMarked() throws IOException {
    try (Conference before = new Conference("fr");
        SimulatedVoice voice =
            before.join(new SimulatedVoice(before, "v", 0, 1_920, CrashTest::everyTwoSeconds));
        SimulatedCamera camera =
            before.join(
                new SimulatedCamera(before, "c", 160, 90, 10, 0, CrashTest::everyTwoSeconds))) {
      before.feed("floor", voice.source());
      before.session.picture().show(camera.source());
      Recorder recorder = before.record(folder, SETTINGS);
      before.run(Duration.ofSeconds(7), recorder); // and is killed
    }
    try (Conference after = new Conference(Conference.BEGINS.plusSeconds(20), "fr");
        SimulatedVoice voice =
            after.join(new SimulatedVoice(after, "v", 0, 1_920, CrashTest::everyTwoSeconds));
        SimulatedCamera camera =
            after.join(
                new SimulatedCamera(after, "c", 160, 90, 10, 0, CrashTest::everyTwoSeconds))) {
      after.feed("floor", voice.source());
      after.session.picture().show(camera.source());
      Recorder recorder = after.record(folder, SETTINGS);
      assertThat(recorder.recordingTicks(SECOND)).isEqualTo(21 * SECOND);
      after.run(Duration.ofSeconds(6), recorder);
      for (Track track : recorder.recording().tracks()) {
        PlaylistCheck.of(Playlists.media(recorder.recording(), track, Delivery.PLAIN));
      }
      recorder.close(); // The node is shut down, and starts once more.
    }
    try (Conference last = new Conference(Conference.BEGINS.plusSeconds(27), "fr")) {
      Recorder recorder = last.record(folder, SETTINGS);
      last.run(Duration.ofSeconds(2), recorder);
      recorder.finish();
    }

    Recording recording = Recording.open(folder);
    checkEnded(recording);
    checkPlays(recording);
    assertThat(recording.startedAt()).isEqualTo(Conference.BEGINS);
    assertThat(recording.durationTicks()).isBetween(29 * SECOND, 29 * SECOND + 1_024);
    assertThat(recording.gaps()).hasSize(2);
    assertThat(recording.gaps().getFirst().start()).isBetween(6 * SECOND, 7 * SECOND);
    assertThat(recording.gaps().getFirst().end()).isBetween(20 * SECOND - 1_024, 20 * SECOND + 961);
    for (String track : List.of("floor", "picture")) {
      assertThat(Decoded.events(recording.find(track)))
          .as(track)
          .hasSize(6)
          .allSatisfy(
              time ->
                  assertThat(Math.floorMod(time + 960, 2 * SECOND))
                      .isBetween(SECOND - 100, SECOND + 2_000));
    }
    assertThatThrownBy(
            () -> {
              try (Conference late = new Conference("fr")) {
                late.record(folder, SETTINGS);
              }
            })
        .isInstanceOfSatisfying(
            RecordingException.class,
            e -> assertThat(e.code()).isEqualTo(RecordingException.Code.ENDED));
  }

  @Test
  void stopsClearlyWhenTheDiskIsFull() throws IOException {
    AtomicLong free = new AtomicLong(1L << 40);
    try (Conference conference = new Conference("fr")) {
      Recorder recorder =
          Recorder.byHand(conference.session, List.of("fr"), folder, SETTINGS, free::get);
      conference.run(Duration.ofSeconds(5), recorder);
      assertThat(recorder.status().left()).isGreaterThan(Duration.ofHours(1));
      free.set(1 << 20);
      conference.run(Duration.ofSeconds(3), recorder);
      assertThat(recorder.status().state()).isEqualTo(RecorderStatus.State.FAILED);
      assertThat(recorder.status().reason()).isEqualTo(RecorderStatus.Reason.DISK_FULL);
      assertThat(recorder.status().problem()).contains("disk is nearly full");
      assertThat(recorder.recording().isLive()).as("viewers see it end").isFalse();
      recorder.finish();
    }
    checkPlays(Recording.open(folder));
  }

  @Test
  void stopsClearlyWhenTheFolderVanishes() throws IOException {
    Path recordings = folder.resolve("recording");
    try (Conference conference = new Conference("fr")) {
      Recorder recorder = conference.record(recordings, SETTINGS);
      conference.run(Duration.ofSeconds(5), recorder);
      Files.move(recordings, folder.resolve("elsewhere"));
      conference.run(Duration.ofSeconds(4), recorder);
      assertThat(recorder.status().state()).isEqualTo(RecorderStatus.State.FAILED);
      assertThat(recorder.status().reason()).isEqualTo(RecorderStatus.Reason.DISK_GONE);
      recorder.close();
    }
    checkPlays(Recording.open(folder.resolve("elsewhere")));
  }

  private static void checkPlays(Recording recording) throws IOException {
    for (Track track : recording.tracks()) {
      for (Decoded run : Decoded.track(track)) {
        assertThat(run.errors).as(track.toString()).isEmpty();
      }
      PlaylistCheck.of(new MediaPlaylist(track, "").whole(Trim.NONE, "VOD"));
    }
  }

  private static void checkEnded(Recording recording) throws IOException {
    assertThat(recording.isLive()).isFalse();
    for (Track track : recording.tracks()) {
      assertThat(track.snapshot().end()).isEqualTo(recording.durationTicks());
      PlaylistCheck file = PlaylistCheck.of(Files.readString(track.folder().resolve("index.m3u8")));
      assertThat(file.ended).isTrue();
      assertThat(file.segments).hasSameSizeAs(track.snapshot().segments());
    }
  }

  /** 0: just killed; else the disk did not get everything, or got something else. */
  private static void spoil(Path recording, Random random, int how) throws IOException {
    Path track = recording.resolve(random.nextBoolean() ? "floor" : "picture");
    Path index = track.resolve("parts");
    List<String> lines = Files.readAllLines(index);
    switch (how) {
      case 1 -> truncate(index, random.nextInt(60));
      case 2 -> {
        if (!lines.isEmpty()) {
          long segment = Long.parseLong(lines.getLast().split(" ")[0]);
          truncate(track.resolve(segment + ".m4s"), random.nextInt(3_000));
        }
      }
      case 3 -> {
        byte[] garbage = new byte[random.nextInt(80)];
        random.nextBytes(garbage);
        Files.write(index, garbage, StandardOpenOption.APPEND);
        Files.write(track.resolve("9999.m4s"), garbage);
      }
      default -> {}
    }
  }

  private static void truncate(Path file, int by) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(0, channel.size() - by));
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return to;
  }

  private static boolean everyTwoSeconds(long time) {
    return time % (2 * SECOND) == SECOND;
  }
}
