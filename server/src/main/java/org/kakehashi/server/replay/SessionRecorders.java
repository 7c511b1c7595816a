package org.kakehashi.server.replay;

import java.util.function.Consumer;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.live.Recorders;
import org.kakehashi.server.live.RecordingStatus;
import org.kakehashi.server.live.SessionRecording;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/**
 * Begins the recordings of sessions into the catalogue. Thread: the session's.
 *
 * @param disk where they add up how fast they write
 * @param anew whether a recording that has reached its longest is thrown away and begun anew: a
 *     demo that runs for days
 */
public record SessionRecorders(RecordingCatalogue catalogue, DiskForecast disk, boolean anew)
    implements Recorders {
  @Override
  public SessionRecording record(
      SessionPlan plan, MediaSession media, boolean over, Consumer<JournalEvent> journal) {
    if (over) {
      return catalogue.find(plan.id()).isPresent()
          ? SessionRecording.still(RecordingStatus.ENDED)
          : SessionRecording.OFF;
    }
    return plan.recording().recorded()
        ? new SessionRecorder(catalogue, disk, plan, media, journal, anew)
        : SessionRecording.OFF;
  }
}
