package org.kakehashi.server.live;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What is said of a session's recording: at once when something happens, every ten seconds of what
 * always changes. Thread: the session's.
 */
final class RecordingWatch {
  private static final long FIGURES_EVERY = Duration.ofSeconds(10).toNanos();

  private final SessionRecording recording;
  private final LongSupplier nanoTime;
  private RecordingStatus said = RecordingStatus.OFF;
  private long saidAt;

  RecordingWatch(SessionRecording recording, LongSupplier nanoTime) {
    this.recording = recording;
    this.nanoTime = nanoTime;
    look();
  }

  /** Looks after the recording; once a second. */
  void look() {
    RecordingStatus now = recording.look();
    long nanos = nanoTime.getAsLong();
    if (!Objects.equals(now.essence(), said.essence()) || nanos - saidAt >= FIGURES_EVERY) {
      said = now;
      saidAt = nanos;
    }
  }

  /** The session is over. */
  void over() {
    recording.over();
    look();
  }

  /** The server stops. */
  void close() {
    recording.close();
  }

  /** How it goes, as was last said. */
  RecordingStatus status() {
    return said;
  }
}
