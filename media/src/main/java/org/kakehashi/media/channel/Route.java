package org.kakehashi.media.channel;

import org.jspecify.annotations.Nullable;

/**
 * What one channel carries now, and why: a row of the {@link RoutingTable}.
 *
 * @param channel {@code floor} or a language
 * @param rule the rule that matched
 * @param content what feeds the channel
 * @param kind what a listener is told they hear
 * @param booth the booth that interprets, where one does
 * @param language the language heard, where it is known: the channel's own under interpretation,
 *     the floor's under the original
 */
public record Route(
    String channel,
    Rule rule,
    Content content,
    Rule.Kind kind,
    @Nullable String booth,
    @Nullable String language) {

  /** What feeds a channel. */
  public sealed interface Content {
    /** One source, forwarded as it is. */
    record Of(String source) implements Content {}

    /** Whatever the floor is: one microphone forwarded, or the mix of several. */
    record Floor() implements Content {}

    /** Digital silence. */
    record Silence() implements Content {}
  }

  /** The floor, as content. */
  public static final Content FLOOR = new Content.Floor();

  /** Silence, as content. */
  public static final Content SILENCE = new Content.Silence();

  /** Whether an interpreter holds this channel, coughing or not. */
  public boolean isInterpreted() {
    return rule == Rule.INTERPRETER || rule == Rule.COUGH || rule == Rule.HALL;
  }
}
