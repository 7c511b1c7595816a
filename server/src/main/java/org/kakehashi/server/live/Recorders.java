package org.kakehashi.server.live;

import java.util.function.Consumer;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/** Begins recordings. Thread: the session's. */
@FunctionalInterface
public interface Recorders {
  /** Records nothing. */
  Recorders NONE = (plan, media, over, journal) -> SessionRecording.OFF;

  /**
   * The recording of a session that begins, or goes on after the server was down.
   *
   * @param over whether the session is over: its recording is only there to be played
   * @param journal where what happens to it is written down
   */
  SessionRecording record(
      SessionPlan plan, MediaSession media, boolean over, Consumer<JournalEvent> journal);
}
