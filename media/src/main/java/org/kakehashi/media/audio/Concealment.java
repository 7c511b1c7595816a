package org.kakehashi.media.audio;

import java.util.Arrays;

/**
 * Invents sound in the place of what is not there, from what was heard before (RFC 6716 section
 * 4.4). After 100 ms in a row it has softly ended, and is silent.
 *
 * <p>Thread: the ticker's.
 */
final class Concealment {
  /** After 100 ms without a packet the source is taken to have paused. */
  private static final int PAUSE_AFTER = 4_800;

  private final OpusDecoder decoder;
  private int invented;

  /**
   * @param decoder the one that decodes what is there
   */
  Concealment(OpusDecoder decoder) {
    this.decoder = decoder;
  }

  /** Whether what was heard last is invented. */
  boolean isUnderWay() {
    return invented > 0;
  }

  /** Whether so much was invented in a row that it has become silent. */
  boolean isOver() {
    return invented >= PAUSE_AFTER;
  }

  /** What is there is heard again. */
  void end() {
    invented = 0;
  }

  /**
   * Invents what comes next.
   *
   * @param samples how many
   * @param out filled from index 0
   */
  void invent(int samples, float[] out) {
    int got = decoder.conceal(samples, out);
    Arrays.fill(out, got, samples, 0);
    boolean over = isOver();
    invented = Math.min(PAUSE_AFTER, invented + samples);
    if (over) {
      Arrays.fill(out, 0, samples, 0);
    } else if (isOver()) {
      for (int i = 0; i < samples; i++) {
        out[i] *= (float) (samples - i) / samples;
      }
    }
  }
}
