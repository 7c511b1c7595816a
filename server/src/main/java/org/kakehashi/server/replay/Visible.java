package org.kakehashi.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/** When there was anything to see beside the main picture, as the journal tells it. Pure. */
final class Visible {
  private final String picture;
  private final List<RecordingView.Stretch> stretches = new ArrayList<>();
  private @Nullable Long since;

  private Visible(String picture) {
    this.picture = picture;
  }

  /**
   * The stretches in which {@code picture} showed something, earliest first.
   *
   * @param picture {@code slides} or {@code sign}
   * @param durationMs of the recording; what is still shown is shown until then
   */
  static List<RecordingView.Stretch> of(
      String picture, List<JournalEntry> entries, Instant startedAt, long durationMs) {
    Visible visible = new Visible(picture);
    for (JournalEntry entry : entries) {
      long at = Math.clamp(Duration.between(startedAt, entry.at()).toMillis(), 0, durationMs);
      visible.take(entry.event(), at);
    }
    visible.gone(durationMs);
    return List.copyOf(visible.stretches);
  }

  private void take(JournalEvent event, long at) {
    switch (event) {
      case JournalEvent.Shown shown when shown.picture().equals(picture) -> {
        if (shown.source() == null) {
          gone(at);
        } else if (since == null) {
          since = at;
        }
      }
      // A server that was killed did not write what ended with it.
      case JournalEvent.Started started -> gone(at);
      case JournalEvent.Closed closed -> gone(at);
      default -> {}
    }
  }

  private void gone(long at) {
    Long from = since;
    since = null;
    if (from != null && at > from) {
      stretches.add(new RecordingView.Stretch(from, at));
    }
  }
}
