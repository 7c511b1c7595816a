package org.kakehashi.server.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.programme.LocalText;

/**
 * A stretch of a recording that can be jumped to.
 *
 * @param id the same whenever the chapters are made anew
 * @param startMs from the recording's first moment
 * @param title null where nobody gave it one
 * @param renamed whether somebody did by hand
 * @param speaker the name of who speaks; null unless of a speaker
 * @param language which they spoke, if they said so
 */
public record Chapter(
    String id,
    long startMs,
    long endMs,
    Kind kind,
    @Nullable LocalText title,
    boolean renamed,
    @Nullable String speaker,
    @Nullable String language) {

  /** What it is about. */
  public enum Kind {
    /** A point of the agenda. */
    @JsonProperty("agenda")
    AGENDA,
    /** Somebody speaks. */
    @JsonProperty("speaker")
    SPEAKER,
    /** Nothing was recorded. */
    @JsonProperty("gap")
    GAP
  }
}
