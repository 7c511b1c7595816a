package org.kakehashi.server.live;

import org.jspecify.annotations.Nullable;

/** Tells one person something that concerns only them. Thread: the session's. */
@FunctionalInterface
interface Notices {
  /**
   * Tells {@code person}, wherever they have a page open.
   *
   * @param by the name of who caused it; null if nobody did
   */
  void tell(String person, Notice notice, @Nullable String by);

  /** What can be told. */
  enum Notice {
    /** The booth partner took the microphone. */
    TAKEN_BY_PARTNER("taken-by-partner"),
    /** You are on stage. */
    ADMITTED("admitted"),
    /** You are off stage. */
    REMOVED("removed"),
    /** Your microphone was closed for you. */
    MICROPHONE_CLOSED("microphone-closed"),
    /** Your microphone was opened for you. */
    MICROPHONE_OPENED("microphone-opened"),
    /** You speak the floor's own language into your channel. */
    SAME_LANGUAGE("same-language"),
    /** Your booth partner has vanished; the microphone is yours for the taking. */
    PARTNER_LOST("partner-lost"),
    /** Another booth took your channel. */
    CHANNEL_TAKEN("channel-taken");

    private final String code;

    Notice(String code) {
      this.code = code;
    }

    /** The word in the API. */
    String code() {
      return code;
    }
  }
}
