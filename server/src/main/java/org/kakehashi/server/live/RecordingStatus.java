package org.kakehashi.server.live;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the recording of a session goes.
 *
 * @param sinceTicks when it began, on the session's media clock; null if it has not
 * @param bytes written so far
 * @param hoursLeft until the disk is full at the present rate; null if that cannot be told
 * @param transcoded tracks that are encoded here because their sender sends no H.264
 * @param detail why it failed, in English; null unless it did
 */
public record RecordingStatus(
    State state,
    @Nullable Long sinceTicks,
    long bytes,
    @Nullable Double hoursLeft,
    @Nullable Warning warning,
    List<String> transcoded,
    @Nullable String detail) {
  /** The session is not recorded. */
  public static final RecordingStatus OFF = plain(State.OFF);

  /** It is whole. */
  public static final RecordingStatus ENDED = plain(State.ENDED);

  public RecordingStatus {
    transcoded = List.copyOf(transcoded);
  }

  /** How far it has come. */
  public enum State {
    /** Not recorded. */
    OFF("off"),
    /** Being recorded. */
    RECORDING("recording"),
    /** Whole. */
    ENDED("ended"),
    /** Could not begin, or had to stop; begins again by itself once it can. */
    FAILED("failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As the API writes it. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** What somebody should look after. */
  public enum Warning {
    /** Little time left on the disk. */
    DISK_LOW("disk-low"),
    /** None left. */
    DISK_FULL("disk-full"),
    /** The disk refuses. */
    DISK_ERROR("disk-error"),
    /** The machine is too slow: something was left out. */
    OVERLOAD("overload");

    private final String word;

    Warning(String word) {
      this.word = word;
    }

    /** As the API writes it. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** Nothing but a state. */
  public static RecordingStatus plain(State state) {
    return new RecordingStatus(state, null, 0, null, null, List.of(), null);
  }

  /** The same without what changes at every moment. */
  RecordingStatus essence() {
    return new RecordingStatus(state, sinceTicks, 0, null, warning, transcoded, detail);
  }
}
