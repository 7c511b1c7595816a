package org.kakehashi.server.http;

import java.time.Duration;
import java.time.InstantSource;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.metrics.HlsMetrics;
import org.kakehashi.server.replay.RecordingCatalogue;
import org.kakehashi.server.replay.RecordingEdits;
import org.kakehashi.server.replay.RecordingViews;

/**
 * What is recorded, and what can be done with it.
 *
 * @param clock for when tokens end
 * @param metrics where what is played is counted
 * @param kept how long caches keep segments: what is unpublished or deleted is gone from them after
 *     that
 */
public record Replays(
    RecordingCatalogue catalogue,
    RecordingViews views,
    RecordingEdits edits,
    InstantSource clock,
    HlsMetrics metrics,
    Duration kept) {

  /** Limits. */
  RecordingsSettings settings() {
    return catalogue.settings();
  }
}
