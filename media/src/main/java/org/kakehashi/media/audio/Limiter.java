package org.kakehashi.media.audio;

/**
 * Keeps a sum of voices within full scale without clipping: turns down at once when they get too
 * loud together, comes back slowly, and bends what still overshoots at the onset.
 *
 * <p>Thread: the ticker's.
 */
final class Limiter {
  /** Loudest sample that passes unchanged: 1 dB below full scale. */
  private static final float CEILING = 0.89f;

  /** The gain falls over this many samples, 2.5 ms: faster clicks, slower overshoots. */
  private static final int ATTACK = 120;

  /** How much the gain may rise in 20 ms: 0.5 dB, so that breathing is not heard. */
  private static final float RELEASE = 1.06f;

  private float gain = 1;

  /** Limits the first {@code samples} of {@code sound} in place; afterwards all are within ±1. */
  void apply(float[] sound, int samples) {
    float peak = 0;
    for (int i = 0; i < samples; i++) {
      peak = Math.max(peak, Math.abs(sound[i]));
    }
    float allowed = peak > CEILING ? CEILING / peak : 1;
    float next = Math.min(allowed, gain * RELEASE);
    if (next == 1 && gain == 1) {
      return;
    }
    int ramp = next < gain ? Math.min(ATTACK, samples) : samples;
    float step = (next - gain) / ramp;
    for (int i = 0; i < samples; i++) {
      float now = i < ramp ? gain + step * i : next;
      sound[i] = bend(sound[i] * now);
    }
    gain = next;
  }

  /** Straight up to the ceiling, then ever flatter towards ±1. */
  private static float bend(float x) {
    float over = Math.abs(x) - CEILING;
    if (over <= 0) {
      return x;
    }
    float room = 1 - CEILING;
    return Math.copySign(CEILING + room * over / (over + room), x);
  }
}
