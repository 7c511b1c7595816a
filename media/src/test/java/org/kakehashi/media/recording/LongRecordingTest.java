package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hours, simulated: memory stays flat while recording, and while downloading. */
class LongRecordingTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void twoHoursTakeNoMoreMemoryThanOne() throws IOException, InterruptedException {
    List<String> told = record();
    List<Long> heap = told.stream().map(line -> Long.parseLong(line.split(" ")[1])).toList();
    List<Long> resident = told.stream().map(line -> Long.parseLong(line.split(" ")[3])).toList();
    System.out.printf(
        "Two hours: heap %+d KiB, resident %+d KiB in the second hour%n",
        heap.get(1) - heap.get(0) >> 10, resident.get(1) - resident.get(0) >> 10);
    assertThat(heap.get(1) - heap.get(0)).isLessThan(4 * MIB);
    // A kilobyte a part that FFmpeg keeps would be 100 MiB.
    assertThat(resident.get(1) - resident.get(0)).isLessThan(24 * MIB);

    Recording recording = Recording.open(folder);
    Measuring out = new Measuring();
    Mp4Download.write(
        recording,
        new Mp4Download.Selection(
            List.of("picture", "floor", "fr"), Trim.NONE, List.of(), "floor", Map.of(), "Long"),
        out);
    assertThat(out.largest).as("it is written piece by piece").isLessThan(MIB);
    assertThat(out.first).as("it begins before anything is read").isLessThan(8_192);
    assertThat(out.total).isBetween(4 * MIB, recording.bytes());

    Path trimmed = folder.resolve("trimmed.m4a");
    try (OutputStream file = Files.newOutputStream(trimmed)) {
      long minute = 60 * 48_000;
      Mp4Download.write(
          recording,
          new Mp4Download.Selection(
              List.of("floor"),
              new Trim(59 * minute, 62 * minute),
              List.of(new DownloadChapter(60 * minute, 70 * minute, "Sixty")),
              "floor",
              Map.of(),
              "Three minutes"),
          file);
    }
    Decoded decoded = Decoded.file(trimmed);
    assertThat(decoded.errors).isEmpty();
    assertThat(decoded.spans.get(0)[1]).isBetween(180 * 48_000L - 1_024, 180 * 48_000L + 1_024);
    assertThat(decoded.events.get(0)).as("not the click that the cut goes through").hasSize(2);
    assertThat(decoded.events.get(0).get(0))
        .as("what was at one hour")
        .isBetween(60 * 48_000L - 960, 60 * 48_000L + 960);
    assertThat(decoded.chapters).hasSize(1);
  }

  /** Records in a process whose heap does not change its size, so that what grows is not Java's. */
  private List<String> record() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xms96m",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LongRecorder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> told = process.inputReader().lines().filter(l -> l.startsWith("heap ")).toList();
    assertThat(process.waitFor()).isZero();
    return told;
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
