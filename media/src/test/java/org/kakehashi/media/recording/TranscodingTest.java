package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are not H.264 are encoded once. */
class TranscodingTest {
  private static final long SECOND = 48_000;

  @TempDir Path folder;

  @Test
  void vp8BecomesH264InItsPlace() throws IOException {
    try (Conference conference = new Conference();
        SimulatedVp8Camera camera =
            conference.join(
                new SimulatedVp8Camera(conference, "vp8", time -> time % (2 * SECOND) == SECOND))) {
      conference.session.picture().show(camera.source());
      Recorder recorder =
          conference.record(
              folder, RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER));
      conference.run(Duration.ofSeconds(6), recorder);
      camera.loseOnePacket();
      conference.run(Duration.ofSeconds(6), recorder);
      assertThat(recorder.status().transcoded()).containsExactly("picture");
      recorder.finish();

      Track picture = recorder.recording().find("picture");
      assertThat(picture.snapshot().segments()).allMatch(Segment::independent);
      List<Long> flashes = Decoded.events(picture);
      assertThat(flashes).hasSize(6);
      for (int i = 0; i < flashes.size(); i++) {
        assertThat(flashes.get(i)).isBetween((2 * i + 1) * SECOND, (2 * i + 1) * SECOND + 960);
      }
      assertThat(recorder.status().damaged()).isPositive();
      assertThat(picture.snapshot().formats()).extracting(VideoFormat::width).contains(176);
    }
  }
}
