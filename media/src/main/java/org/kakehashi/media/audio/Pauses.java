package org.kakehashi.media.audio;

/**
 * Tells pauses from speech: what is 24 dB below the loudest of the last seconds, or below -60 dBov.
 *
 * <p>Thread: the ticker's.
 */
final class Pauses {
  private static final int BLOCK = 240;
  private static final double NOTHING = 1e-6;
  private static final double BELOW = 0.004;

  /** What was loud is half as loud, as power, after 1.4 s. */
  private static final double DECAY = 0.99;

  private double loud;

  /** Hears a frame that is played. */
  void hear(float[] sound, int at, int samples) {
    loud *= DECAY;
    for (int i = 0; i + BLOCK <= samples; i += BLOCK) {
      loud = Math.max(loud, power(sound, at + i));
    }
  }

  /** How many of the samples from {@code at} on are quiet, in steps of 5 ms. */
  int quiet(float[] sound, int at, int samples) {
    double limit = Math.max(NOTHING, BELOW * loud);
    int quiet = 0;
    while (quiet + BLOCK <= samples && power(sound, at + quiet) < limit) {
      quiet += BLOCK;
    }
    return quiet;
  }

  private static double power(float[] sound, int at) {
    double sum = 0;
    for (int i = at; i < at + BLOCK; i++) {
      sum += (double) sound[i] * sound[i];
    }
    return sum / BLOCK;
  }
}
