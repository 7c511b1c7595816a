package org.kakehashi.media.recording;

/**
 * Spreads a packet's samples over a few more or fewer, so that sound comes back to its place
 * without being heard to: at most 0.8 % of pitch.
 *
 * <p>Thread: the recorder's.
 */
final class Glide {
  /** Off by this many samples (1.3 ms), one sample a packet is corrected. */
  private static final int GENTLE = 64;

  /** One sample in this many is corrected at most. */
  private static final int STRONGEST = 120;

  private float[] out = new float[6_000];
  private float before;

  /**
   * How many samples to add (or, negative, leave out).
   *
   * @param off by how many samples the packet belongs later than where it would go
   * @param count its samples
   */
  static int correction(long off, int count) {
    int most = count / STRONGEST;
    return (int) Math.clamp(off / GENTLE, -most, most);
  }

  /** Forgets the sample before, after a pause. */
  void restart() {
    before = 0;
  }

  /**
   * Makes {@code target} samples of {@code count}, by interpolation between neighbours.
   *
   * @return the samples; valid until the next call, {@code in} itself if nothing changes
   */
  float[] stretch(float[] in, int count, int target) {
    float last = before;
    before = in[count - 1];
    if (count == target) {
      return in;
    }
    if (out.length < target) {
      out = new float[target];
    }
    double ratio = (double) count / target;
    for (int i = 0; i < target; i++) {
      // The last sample stays the last, so that the next packet joins on.
      double position = (i + 1) * ratio - 1;
      int whole = (int) Math.floor(position);
      float share = (float) (position - whole);
      out[i] =
          between(
              at(in, count, whole - 1, last),
              at(in, count, whole, last),
              at(in, count, whole + 1, last),
              at(in, count, whole + 2, last),
              share);
    }
    return out;
  }

  private static float at(float[] in, int count, int index, float before) {
    return index < 0 ? before : in[Math.min(index, count - 1)];
  }

  private static float between(float a, float b, float c, float d, float t) {
    return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
}
