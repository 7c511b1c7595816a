package org.kakehashi.media.audio;

/**
 * Makes 20 ms of sound out of a few samples more or less, so that a source whose clock drifts, or
 * whose delay changes, is brought back to its place without a click. At most 0.8 % of pitch.
 *
 * <p>Thread: the ticker's.
 */
final class Stretch {
  /** Most samples left out or added in one tick. */
  private static final int MOST = 8;

  /** Off by this many samples (1.3 ms), one sample a tick is corrected. */
  private static final int GENTLE = 64;

  private float before;

  /**
   * How many samples more (or, negative, fewer) to take in this tick.
   *
   * @param behind how many samples the sound is behind its place
   */
  static int correction(long behind) {
    return (int) Math.clamp(behind / GENTLE, -MOST, MOST);
  }

  /** Forgets the sound before, after a pause. */
  void restart() {
    before = 0;
  }

  /**
   * Takes {@code samples} from {@code from} and spreads them over {@code out}, by Catmull-Rom
   * interpolation where the counts differ.
   *
   * @param from has been {@linkplain Decoding#fill filled}
   */
  void read(Decoding from, int samples, float[] out, int frame) {
    float[] in = from.sound();
    int start = from.start();
    if (samples == frame) {
      System.arraycopy(in, start, out, 0, frame);
    } else {
      int last = start + from.available() - 1;
      float ratio = (float) samples / frame;
      for (int i = 0; i < frame; i++) {
        float position = i * ratio;
        int whole = (int) position;
        int at = start + whole;
        float a = whole == 0 ? before : in[at - 1];
        float b = in[at];
        float c = in[Math.min(at + 1, last)];
        float d = in[Math.min(at + 2, last)];
        out[i] = between(a, b, c, d, position - whole);
      }
    }
    before = in[start + samples - 1];
    from.take(samples);
  }

  private static float between(float a, float b, float c, float d, float t) {
    return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
}
