package org.kakehashi.media.channel;

/**
 * What a booth hears.
 *
 * @param channel {@code floor} or a language
 * @param quality how far that is from the speaker's own words
 * @param sign what the console must say about it
 */
public record Ears(String channel, Quality quality, Sign sign) {

  /** The relay-quality sign of interpreters' consoles. */
  public enum Quality {
    /** The speaker themselves. */
    FLOOR("floor"),
    /** Interpreted once. */
    RELAY("+"),
    /** Interpreted twice or more. */
    RELAY_OF_RELAY("-");

    private final String symbol;

    Quality(String symbol) {
      this.symbol = symbol;
    }

    /** As printed on a console: {@code floor}, {@code +} or {@code -}. */
    public String symbol() {
      return symbol;
    }
  }

  /** A remark on the console. */
  public enum Sign {
    /** All is as it should be. */
    NONE,
    /** The booth does not understand the floor, and nobody interprets into what it understands. */
    NOBODY_INTERPRETS,
    /** The channel chosen by hand has since become one's own voice, relayed: floor instead. */
    WOULD_LOOP
  }
}
