package org.kakehashi.media.recording;

import java.util.Arrays;

/**
 * A channel's sound on the recording's timeline: samples are written where they belong, and read in
 * order. What was not written is silence. Edges are softened over 5 ms.
 *
 * <p>Thread: the recorder's.
 */
final class SampleLine {
  /** Softened edges, in samples. */
  static final int EDGE = 240;

  private static final int SIZE = 1 << 16;
  private static final int MASK = SIZE - 1;

  /** Nobody hears what is softer than this: half a step of 16 bits. */
  private static final float INAUDIBLE = 1.5e-5f;

  /** The farthest that can be written ahead of what is read: one second. */
  static final long REACH = 48_000;

  private final float[] samples = new float[SIZE];
  private long position;
  private long end;

  /**
   * @param position ticks of the first sample that will be read
   */
  SampleLine(long position) {
    this.position = position;
    this.end = position;
  }

  /** Ticks of the next sample that will be read. */
  long position() {
    return position;
  }

  /** Where the last run of samples ends. */
  long end() {
    return end;
  }

  /**
   * Writes samples that go on from {@link #end} without a seam.
   *
   * @return how many were too late to be heard
   */
  int append(float[] from, int count) {
    return write(end, from, count, 0);
  }

  /**
   * Writes samples at {@code time}: over what is there with a cross-fade, else fading in, and lets
   * what is before a hole fade out.
   *
   * @return how many were too late to be heard
   */
  int begin(long time, float[] from, int count) {
    if (time > end) {
      fadeOut();
    }
    long old = end;
    int late = write(time, from, count, EDGE);
    for (long t = Math.max(end, position); t < old; t++) {
      samples[(int) t & MASK] = 0;
    }
    return late;
  }

  /** Ends the run with silence, which lasts until {@code time} at least. */
  void silence(long time) {
    fadeOut();
    end = Math.max(end, time);
  }

  /**
   * Reads the next samples.
   *
   * @return whether any of them can be heard
   */
  boolean read(float[] into, int count) {
    if (end > position && end < position + count) {
      fadeOut(); // Nothing goes on from there: it is due now.
    }
    boolean sound = false;
    for (int i = 0; i < count; i++) {
      int at = (int) (position + i) & MASK;
      float sample = samples[at];
      into[i] = sample;
      samples[at] = 0;
      sound |= Math.abs(sample) > INAUDIBLE;
    }
    position += count;
    return sound;
  }

  /** Leaves out everything up to {@code time}. */
  void skipTo(long time) {
    Arrays.fill(samples, 0);
    position = time;
    end = time;
  }

  private int write(long time, float[] from, int count, int edge) {
    int late = (int) Math.clamp(position - time, 0, count);
    for (int i = late; i < count; i++) {
      int at = (int) (time + i) & MASK;
      if (i - late < edge) {
        float share = (float) (i - late) / edge;
        samples[at] = samples[at] * (1 - share) + from[i] * share;
      } else {
        samples[at] = from[i];
      }
    }
    end = time + count;
    return late;
  }

  private void fadeOut() {
    long start = Math.max(position, end - EDGE);
    int length = (int) (end - start);
    for (int i = 0; i < length; i++) {
      samples[(int) (start + i) & MASK] *= (float) (length - i) / length;
    }
  }
}
