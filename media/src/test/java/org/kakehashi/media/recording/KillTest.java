package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at 20 moments: four processes, five recordings each. */
class KillTest {
  private static final int PROCESSES = 4;
  private static final int RECORDINGS = 5;

  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aKilledProcessLosesAtMostHalfASecond() throws IOException, InterruptedException {
    Random random = new Random();
    List<Long> lost = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      Path own = folder.resolve("process-" + i);
      String[] stood = killed(own, 60 + random.nextInt(60)).strip().split(" ");
      assertThat(stood).hasSize(RECORDINGS);
      for (int r = 0; r < RECORDINGS; r++) {
        Recording recording = Recording.open(own.resolve("r" + r));
        for (Track track : recording.tracks()) {
          for (Decoded run : Decoded.track(track)) {
            assertThat(run.errors).as(track.toString()).isEmpty();
          }
        }
        long end =
            Math.min(
                recording.find("floor").snapshot().end(),
                recording.find("picture").snapshot().end());
        lost.add((Long.parseLong(stood[r]) - end) / 48);
      }
    }
    System.out.println("Lost by kill -9, ms: " + lost.stream().sorted().toList());
    assertThat(lost).hasSize(20).allMatch(ms -> ms <= 500);
  }

  /** Lets a process record, kills it, and gives the last line it printed. */
  private static String killed(Path folder, int lines) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                KilledRecorder.class.getName(),
                folder.toString(),
                String.valueOf(RECORDINGS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String last = "";
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < lines; i++) {
        last = out.readLine();
      }
      process.toHandle().destroyForcibly(); // SIGKILL, and its last words can still be read.
      process.waitFor();
      for (String more = out.readLine(); more != null; more = out.readLine()) {
        last = more.strip().split(" ").length == RECORDINGS ? more : last;
      }
    }
    return last;
  }
}
