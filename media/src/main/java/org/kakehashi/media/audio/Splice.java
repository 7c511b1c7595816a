package org.kakehashi.media.audio;

/**
 * Leaves a piece out of a sound, or says one twice, so that it cannot be heard: in a pause, or by
 * whole periods of a voice's pitch (as in WSOLA), with a cross-fade of 5 ms.
 *
 * <p>Thread: any; holds nothing.
 */
final class Splice {
  /** The shortest piece, in samples: 2.5 ms, the period of a child's voice. */
  static final int SHORTEST = 120;

  /** The longest, in samples: 15 ms, a period of the deepest voice. */
  static final int LONGEST = 720;

  /** How long a cross-fade takes, in samples: 5 ms. */
  static final int FADE = 240;

  /** How much sound is compared: 10 ms. */
  private static final int COMPARED = 480;

  /** The first search looks at every fourth sample and every fourth place. */
  private static final int COARSE = 4;

  private Splice() {}

  /**
   * How many samples on the sound is most like it is now.
   *
   * @param sound has {@code longest} and 480 samples from {@code at} on
   * @param longest how far to look, up to {@link #LONGEST}
   * @param likeness how alike it has to be, as a correlation from 0 to 1
   * @return {@link #SHORTEST} to {@code longest}; 0 if it is nowhere like that
   */
  static int period(float[] sound, int at, int longest, double likeness) {
    int best = 0;
    double most = -1;
    for (int n = SHORTEST; n <= longest; n += COARSE) {
      double now = correlation(sound, at, n, COARSE);
      if (now > most) {
        most = now;
        best = n;
      }
    }
    int near = best;
    most = -1;
    for (int n = near - COARSE; n <= near + COARSE; n++) {
      double now = n < SHORTEST || n > longest ? -1 : correlation(sound, at, n, 1);
      if (now > most) {
        most = now;
        best = n;
      }
    }
    return most >= likeness ? best : 0;
  }

  private static double correlation(float[] sound, int at, int n, int step) {
    double both = 0;
    double one = 1e-9;
    double other = 1e-9;
    for (int i = 0; i < COMPARED; i += step) {
      double a = sound[at + i];
      double b = sound[at + n + i];
      both += a * b;
      one += a * a;
      other += b * b;
    }
    return both / Math.sqrt(one * other);
  }

  /**
   * The sound with its first {@code n} samples left out.
   *
   * @param sound has {@code frame} + {@code n} samples from {@code at} on, all of which are used
   */
  static void leaveOut(float[] sound, int at, int n, float[] out, int frame) {
    System.arraycopy(sound, at + n, out, 0, frame);
    for (int i = 0; i < FADE; i++) {
      float in = (float) i / FADE;
      out[i] = in * out[i] + (1 - in) * sound[at + i];
    }
  }

  /**
   * The sound with its first {@code n} samples said twice; uses {@code frame} − {@code n}.
   *
   * @param n up to {@code frame} − {@link #FADE}
   */
  static void repeat(float[] sound, int at, int n, float[] out, int frame) {
    System.arraycopy(sound, at, out, 0, n + FADE);
    for (int i = 0; i < FADE; i++) {
      float in = (float) (i + 1) / FADE;
      out[n + i] = in * sound[at + i] + (1 - in) * out[n + i];
    }
    System.arraycopy(sound, at + FADE, out, n + FADE, frame - n - FADE);
  }
}
