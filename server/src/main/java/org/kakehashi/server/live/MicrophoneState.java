package org.kakehashi.server.live;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** An interpreter's microphone. */
public enum MicrophoneState {
  /** On air in the outgoing channel. */
  OPEN,
  /** Muted for as long as the cough button is held; the channel stays with the interpreter. */
  COUGH,
  /** Off: the channel is free. */
  CLOSED;

  /** The word in the API: lower case. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this {@link #id()}; empty for any other text. */
  public static Optional<MicrophoneState> of(String id) {
    for (MicrophoneState state : values()) {
      if (state.id().equals(id)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
