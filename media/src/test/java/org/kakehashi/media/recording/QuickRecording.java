package org.kakehashi.media.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A recording of any length by the real recorder, made as fast as the machine can: on the floor a
 * voice two seconds in five, in every other language another, and a camera that is white for a
 * moment every five seconds and changes its size once, half-way.
 */
public final class QuickRecording {
  private static final long EVERY = 5 * 48_000;
  private static final int FPS = 10;

  private QuickRecording() {}

  /**
   * Makes one.
   *
   * @param folder of the recording
   * @param languages of the session, in its order
   */
  public static Recording make(Path folder, Duration length, List<String> languages) {
    try (Conference conference = new Conference(languages.toArray(String[]::new));
        SimulatedVoice speaker = voice(conference, "speaker");
        SimulatedVoice interpreter = voice(conference, "interpreter");
        SimulatedCamera camera =
            conference.join(
                new SimulatedCamera(conference, "camera", 320, 180, FPS, 0, t -> t % EVERY == 0))) {
      conference.feed("floor", speaker.source());
      languages.forEach(language -> conference.feed(language, interpreter.source()));
      conference.session.picture().show(camera.source());
      Recorder recorder =
          Recorder.byHand(
              conference.session,
              languages,
              folder,
              RecordingSettings.standard().withSync(RecordingSettings.Sync.NEVER),
              () -> 1L << 40);
      conference.run(length.dividedBy(2), recorder);
      camera.resize(640, 360);
      conference.run(length.dividedBy(2), recorder);
      recorder.finish();
      return recorder.recording();
    }
  }

  private static SimulatedVoice voice(Conference conference, String id) {
    return conference.join(new SimulatedVoice(conference, id, 0, 1_920, t -> t % EVERY == 0));
  }
}
