package org.kakehashi.media.webrtc;

/**
 * Whether listeners get several frames of sound in a packet, so that a crowd costs a half or a
 * third of the packets, for 20 or 40 ms more of delay.
 *
 * @param when on which condition
 * @param frames of 20 ms to a packet, 2 or 3
 */
public record Packing(When when, int frames) {
  /** On which condition sound is packed. */
  public enum When {
    /** Never. */
    NEVER,
    /** While a media loop is near what it can do. */
    CROWDED,
    /** Always, but for listeners that miss packets. */
    ALWAYS
  }

  /** Off. */
  public static final Packing NEVER = new Packing(When.NEVER, 3);

  /** How much sound a packet holds, in ms. */
  int millis() {
    return 20 * frames;
  }

  /** Checks the range. */
  public Packing {
    if (frames < 2 || frames > 3) {
      throw new IllegalArgumentException("frames must be 2 or 3, not " + frames);
    }
  }
}
