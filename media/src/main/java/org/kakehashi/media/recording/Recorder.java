package org.kakehashi.media.recording;

import java.nio.file.Path;
import java.util.List;
import org.kakehashi.media.session.MediaSession;

/**
 * Records a session: every channel and the pictures, until it is finished, the longest time is over
 * or it fails. It never makes a media loop wait: what it cannot take in time is dropped and
 * counted.
 *
 * <p>Thread: any; the work is done on one thread of its own.
 */
public final class Recorder implements AutoCloseable {
  private Recorder() {}

  /**
   * Begins to record, or goes on with what was interrupted in {@code folder}: on the same timeline,
   * by the wall clock, with silence and a blank picture for the time between.
   *
   * @param session what to record; its channels are {@code floor} and {@code languages}
   * @param languages the session's, BCP 47 tags, in its order
   * @param folder the recording's own; made if it is not there
   * @throws RecordingException {@code DISK_LOW}, {@code FOLDER_UNUSABLE}, {@code NOT_A_RECORDING},
   *     {@code ENDED}, {@code OTHER_TRACKS} or {@code NOT_POSSIBLE_HERE}
   */
  public static Recorder start(
      MediaSession session, List<String> languages, Path folder, RecordingSettings settings) {
    throw new IllegalStateException("Not yet: " + folder);
  }

  /**
   * Ends a recording that was interrupted and is not to be gone on with: all tracks get the same
   * length, and the playlists are written.
   *
   * @param folder of the recording; one that has ended properly is only opened
   * @throws RecordingException as {@link Recording#open}
   */
  public static Recording close(Path folder, RecordingSettings settings) {
    throw new IllegalStateException("Not yet: " + folder);
  }

  /** What is recorded, from its first moment; the same object for as long as this recorder is. */
  public Recording recording() {
    throw new IllegalStateException("Not yet");
  }

  /** How it is doing. */
  public RecorderStatus status() {
    throw new IllegalStateException("Not yet");
  }

  /**
   * Which tick of the recording {@code sessionTicks} of the session's present clock is; for the
   * journal's entries.
   */
  public long recordingTicks(long sessionTicks) {
    throw new IllegalStateException("Not yet");
  }

  /**
   * Ends the recording: waits until what came before this call is written (about {@code hold}),
   * then writes the playlists. Blocks until done; again: nothing happens. To be called before the
   * session is closed.
   */
  public void finish() {
    throw new IllegalStateException("Not yet");
  }

  /**
   * Stops at once, as at a shutdown of the node: the recording stays {@linkplain Recording#isLive
   * live} and can be gone on with. After {@link #finish} nothing happens.
   */
  @Override
  public void close() {
    throw new IllegalStateException("Not yet");
  }
}
