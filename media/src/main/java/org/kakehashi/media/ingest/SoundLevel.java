package org.kakehashi.media.ingest;

import java.nio.ShortBuffer;

/** The level of a piece of sound as RFC 6464 defines it. Thread: any; pure. */
final class SoundLevel {
  /** Digital silence. */
  static final int SILENCE = -127;

  private static final double FULL_SCALE = 32_768.0;

  private SoundLevel() {}

  /**
   * The RMS level.
   *
   * @param pcm 16-bit samples from position to limit, any number of channels; not moved
   * @return dBov, 0 to -127
   */
  static int of(ShortBuffer pcm) {
    double sum = 0;
    for (int i = pcm.position(); i < pcm.limit(); i++) {
      double sample = pcm.get(i);
      sum += sample * sample;
    }
    if (sum == 0) {
      return SILENCE;
    }
    double rms = Math.sqrt(sum / pcm.remaining()) / FULL_SCALE;
    return (int) Math.clamp(Math.round(20 * Math.log10(rms)), SILENCE, 0);
  }
}
