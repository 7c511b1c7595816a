package org.kakehashi.server.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.programme.LocalText;

/**
 * Who says what, and when, in one session of the demo: a {@code scene.yaml}.
 *
 * @param lengthMs how long a round is; then it begins again
 * @param speakers by id
 * @param booths by id
 * @param turns in order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Scene(
    String id,
    LocalText title,
    List<String> languages,
    long lengthMs,
    Map<String, Speaker> speakers,
    Map<String, Booth> booths,
    List<Turn> turns) {

  /** Somebody on stage. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Speaker(LocalText name, String language, String file) {}

  /**
   * A booth and the one interpreter in it.
   *
   * @param outgoing the languages they speak, A first
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Booth(LocalText name, List<String> understands, List<String> outgoing, String file) {}

  /** Somebody speaks, and is interpreted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Turn(
      String speaker, long startMs, long endMs, @Nullable List<Interpretation> interpretations) {}

  /** What a booth makes of a turn. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Interpretation(String booth, String outgoing, long startMs, long endMs) {}

  /**
   * When a booth changes its outgoing channel.
   *
   * @param atMs from the start of a round
   */
  record Switch(long atMs, String booth, String outgoing) {}

  /** All switches of a round, in order. */
  List<Switch> switches() {
    return turns.stream()
        .flatMap(
            turn ->
                (turn.interpretations() == null
                        ? List.<Interpretation>of()
                        : turn.interpretations())
                    .stream())
        .map(i -> new Switch(i.startMs(), i.booth(), i.outgoing()))
        .sorted(Comparator.comparingLong(Switch::atMs))
        .toList();
  }
}
