package org.kakehashi.media.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that records several times the same conference, in real time, each recording begun a
 * little later, until it is killed. It tells where each stands.
 */
final class KilledRecorder {
  private static final int STAGGER = 5;

  private KilledRecorder() {}

  /** Arguments: a folder, how many recordings. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    List<Recorder> recorders = new ArrayList<>();
    try (Conference conference = new Conference("fr");
        SimulatedVoice voice =
            conference.join(new SimulatedVoice(conference, "v", 0, 960, time -> true));
        SimulatedCamera camera =
            conference.join(new SimulatedCamera(conference, "c", 160, 90, 25, 0, time -> false))) {
      conference.feed("floor", voice.source());
      conference.session.picture().show(camera.source());
      long start = System.nanoTime();
      for (long step = 1; step < 3_000; step++) {
        if (recorders.size() < count && step % STAGGER == 0) {
          RecordingSettings settings = RecordingSettings.standard();
          recorders.add(conference.record(folder.resolve("r" + recorders.size()), settings));
        }
        conference.run(Duration.ofMillis(20), recorders.toArray(Recorder[]::new));
        StringBuilder line = new StringBuilder();
        for (Recorder recorder : recorders) {
          line.append(recorder.recordingTicks(conference.clock.now())).append(' ');
        }
        System.out.println(line);
        System.out.flush();
        long wait = start + step * 20_000_000 - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
      }
    }
  }
}
