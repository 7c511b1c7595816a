package org.kakehashi.media.audio;

/** Loudness of sound as RFC 6464 tells it: dB below overload (dBov). Thread: any; stateless. */
final class SoundLevel {
  /** Digital silence, and everything at least as quiet. */
  static final int SILENCE = -127;

  private SoundLevel() {}

  /**
   * The level of a stretch of sound: its root mean square against that of a full-scale square wave
   * (RFC 6465 appendix A).
   *
   * @param sound samples from -1 to 1
   * @return 0 (loudest) to -127
   */
  static int of(float[] sound, int samples) {
    double energy = 0;
    for (int i = 0; i < samples; i++) {
      energy += (double) sound[i] * sound[i];
    }
    if (samples == 0 || energy == 0) {
      return SILENCE;
    }
    long level = Math.round(10 * Math.log10(energy / samples));
    return (int) Math.clamp(level, SILENCE, 0);
  }
}
