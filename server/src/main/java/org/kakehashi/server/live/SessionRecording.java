package org.kakehashi.server.live;

/**
 * The recording of one session, from its first second until it is over. Never throws for what the
 * disk does: a session goes on without its recording. Thread: the session's.
 */
public interface SessionRecording extends AutoCloseable {
  /** Nothing is recorded. */
  SessionRecording OFF = still(RecordingStatus.OFF);

  /** A recording that does nothing any more. */
  static SessionRecording still(RecordingStatus status) {
    return new SessionRecording() {
      @Override
      public RecordingStatus look() {
        return status;
      }

      @Override
      public void over() {}

      @Override
      public void close() {}
    };
  }

  /** Looks after it, once a second; how it goes. */
  RecordingStatus look();

  /** The session is over for good: the recording is made whole and becomes the replay. */
  void over();

  /** The server stops: what was recorded is made safe, and goes on after the next start. */
  @Override
  void close();
}
