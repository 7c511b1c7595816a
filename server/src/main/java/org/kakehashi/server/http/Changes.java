package org.kakehashi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.MicrophoneState;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/** The bodies of the two {@code PUT}s on a media connection. Unknown members are ignored. */
final class Changes {
  /** A channel's name looks like a language tag (RFC 5646, section 4.4.1: 35 characters). */
  private static final Pattern CHANNEL =
      Pattern.compile("(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  private Changes() {}

  /**
   * What a console key does.
   *
   * @param state null to leave it as it is
   * @param outgoing null to leave it as it is
   */
  record Microphone(@Nullable MicrophoneState state, @Nullable String outgoing) {}

  /**
   * Reads {@code {"channel":"ja"}}.
   *
   * @throws ProblemException if it is anything else
   */
  static String channel(String body) {
    String channel = channel(Documents.readObject(body), "channel");
    if (channel == null) {
      throw invalid("\"channel\" is missing: floor or a language.");
    }
    return channel;
  }

  /**
   * Reads {@code {"state":"open","outgoing":"fr"}}, either of which may be missing.
   *
   * @throws ProblemException if it is anything else, or both are missing
   */
  static Microphone microphone(String body) {
    JsonNode object = Documents.readObject(body);
    String outgoing = channel(object, "outgoing");
    MicrophoneState state = null;
    if (object.hasNonNull("state")) {
      state =
          MicrophoneState.of(object.get("state").asText())
              .orElseThrow(() -> invalid("\"state\" must be open, cough or closed."));
    }
    if (state == null && outgoing == null) {
      throw invalid("Give \"state\", \"outgoing\" or both.");
    }
    return new Microphone(state, outgoing);
  }

  private static @Nullable String channel(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || !CHANNEL.matcher(value.textValue()).matches()) {
      throw invalid("\"" + name + "\" must be a channel: floor or a language tag such as fr.");
    }
    return value.textValue();
  }

  private static ProblemException invalid(String detail) {
    return ProblemType.INVALID.because(detail).asException();
  }
}
