package org.kakehashi.media.audio;

import java.nio.ShortBuffer;

/**
 * Loudness of sound as RFC 6464 tells it: dB below overload (dBov), its root mean square against
 * that of a full-scale square wave (RFC 6465 appendix A). Thread: any; stateless.
 */
public final class SoundLevel {
  /** Digital silence, and everything at least as quiet. */
  public static final int SILENCE = -127;

  private static final double FULL_SCALE = 32_768;

  private SoundLevel() {}

  /**
   * The level of a stretch of sound.
   *
   * @param sound samples from -1 to 1
   * @return 0 (loudest) to -127
   */
  static int of(float[] sound, int samples) {
    double energy = 0;
    for (int i = 0; i < samples; i++) {
      energy += (double) sound[i] * sound[i];
    }
    return ofEnergy(energy, samples);
  }

  /**
   * The level of a stretch of sound.
   *
   * @param pcm 16-bit samples from position to limit, any number of channels; not moved
   * @return 0 (loudest) to -127
   */
  public static int of(ShortBuffer pcm) {
    double energy = 0;
    for (int i = pcm.position(); i < pcm.limit(); i++) {
      double sample = pcm.get(i) / FULL_SCALE;
      energy += sample * sample;
    }
    return ofEnergy(energy, pcm.remaining());
  }

  private static int ofEnergy(double energy, int samples) {
    if (samples == 0 || energy == 0) {
      return SILENCE;
    }
    long level = Math.round(10 * Math.log10(energy / samples));
    return (int) Math.clamp(level, SILENCE, 0);
  }
}
