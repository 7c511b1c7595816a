package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process that records two hours, simulated, and tells its memory after one and two. */
final class LongRecorder {
  private LongRecorder() {}

  /** Argument: the recording's folder. */
  public static void main(String[] args) throws IOException {
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
              Path.of(args[0]),
              RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER));
      for (int hour = 0; hour < 2; hour++) {
        conference.run(Duration.ofHours(1), recorder);
        System.out.println("heap " + liveHeap() + " resident " + resident());
      }
      recorder.finish();
    }
  }

  private static long liveHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
