package org.kakehashi.server.programme;

import java.util.List;

/**
 * Whether a session is recorded, and what becomes of it.
 *
 * @param recorded whether it is recorded and can be heard by HLS
 * @param published whether the replay is open, to whoever may listen to the session, as soon as the
 *     session has ended; otherwise once chair or organiser publishes it
 * @param agenda the chapters known beforehand, in order
 */
public record RecordingPlan(boolean recorded, boolean published, List<AgendaItem> agenda) {
  /** Nothing is recorded. */
  public static final RecordingPlan NONE = new RecordingPlan(false, false, List.of());

  public RecordingPlan {
    agenda = List.copyOf(agenda);
  }
}
