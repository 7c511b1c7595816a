package org.kakehashi.server.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.programme.LocalText;

/**
 * One recording as the API shows it; {@code docs/api/openapi.yaml} explains every field.
 *
 * @param summary what lists of recordings show too
 */
public record RecordingView(
    @JsonUnwrapped Summary summary,
    List<TrackView> tracks,
    @Nullable Cut trim,
    @Nullable Cut suggestedTrim,
    List<Chapter> chapters,
    List<ChannelHistory.Stretch> timeline,
    List<String> captions,
    boolean notice,
    List<Download> downloads,
    List<Stretch> gaps) {

  /** What lists show. */
  public record Summary(
      String session,
      LocalText title,
      RecordingDocument.EventName event,
      State state,
      boolean published,
      Instant startedAt,
      long durationMs,
      List<String> languages,
      @Nullable String poster,
      long bytes,
      @Nullable Instant deletedUntil,
      String hls,
      String replay,
      boolean editable) {}

  /** Whether more comes. */
  public enum State {
    /** It does. */
    @JsonProperty("live")
    LIVE,
    /** It does not. */
    @JsonProperty("ended")
    ENDED
  }

  /**
   * A track; {@code kind} is {@code audio} or {@code video}.
   *
   * @param shown when there is anything to see of slides and sign; null for tracks that always play
   */
  public record TrackView(
      String track, String kind, @Nullable String language, @Nullable List<Stretch> shown) {}

  /** What can be fetched as one file; {@code kind} is {@code video} or {@code audio}. */
  public record Download(String kind, @Nullable String channel, String url) {}

  /** Part of a recording, in ms since its first moment. */
  public record Stretch(long startMs, long endMs) {}
}
