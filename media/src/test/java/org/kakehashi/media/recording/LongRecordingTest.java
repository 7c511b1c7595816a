package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hours, simulated: memory stays flat while recording, and while downloading. */
class LongRecordingTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void twoHoursTakeNoMoreMemoryThanOne() throws IOException {
    try (Conference conference = new Conference("fr");
        SimulatedVoice voice =
            conference.join(
                new SimulatedVoice(conference, "v", 100, 1_920, t -> t % 2_880_000 == 0));
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 160, 90, 5, 0, t -> false))) {
      conference.feed("floor", voice.source());
      conference.session.picture().show(camera.source());
      Recorder recorder =
          conference.record(
              folder, RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER));
      conference.run(Duration.ofMinutes(60), recorder);
      long heap = liveHeap();
      conference.run(Duration.ofMinutes(10), recorder); // The heap takes its size again.
      long resident = resident();
      conference.run(Duration.ofMinutes(50), recorder);
      long residentGrown = resident() - resident;
      long grown = liveHeap() - heap;
      System.out.printf(
          "Two hours: heap %+d KiB, resident %+d KiB in the second hour%n",
          grown >> 10, residentGrown >> 10);
      assertThat(grown).isLessThan(4 * MIB);
      assertThat(residentGrown).isLessThan(48 * MIB);
      recorder.finish();

      Measuring out = new Measuring();
      Mp4Download.write(
          recorder.recording(),
          new Mp4Download.Selection(
              List.of("picture", "floor", "fr"), Trim.NONE, List.of(), "floor", Map.of(), "Long"),
          out);
      assertThat(out.largest).as("it is written piece by piece").isLessThan(MIB);
      assertThat(out.first).as("it begins before anything is read").isLessThan(8_192);
      assertThat(out.total).isBetween(4 * MIB, recorder.recording().bytes());

      Path trimmed = folder.resolve("trimmed.m4a");
      try (OutputStream file = Files.newOutputStream(trimmed)) {
        long minute = 60 * 48_000;
        Mp4Download.write(
            recorder.recording(),
            new Mp4Download.Selection(
                List.of("floor"),
                new Trim(59 * minute, 62 * minute),
                List.of(new Chapter(60 * minute, 70 * minute, "Sixty")),
                "floor",
                Map.of(),
                "Three minutes"),
            file);
      }
      Decoded decoded = Decoded.file(trimmed);
      assertThat(decoded.errors).isEmpty();
      assertThat(decoded.spans.get(0)[1]).isBetween(180 * 48_000L - 1_024, 180 * 48_000L + 1_024);
      assertThat(decoded.events.get(0)).hasSize(3);
      assertThat(decoded.events.get(0).get(1))
          .as("what was at one hour")
          .isBetween(60 * 48_000L - 960, 60 * 48_000L + 960);
      assertThat(decoded.chapters).hasSize(1);
    }
  }

  private static long liveHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private static final class Measuring extends OutputStream {
    private long total;
    private long largest;
    private long first = -1;

    @Override
    public void write(int b) {
      throw new AssertionError("byte by byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      first = first < 0 ? length : first;
      largest = Math.max(largest, length);
      total += length;
    }
  }
}
