package org.kakehashi.media.audio;

import java.util.Arrays;

/**
 * An unbroken run of samples at 48 kHz that knows its media time: decoded sound is appended at its
 * end and taken at its beginning. Sound that follows silence fades in.
 *
 * <pre>
 *   ┌───────────────┬──────── available ────────┐
 *   │ taken         │ decoded, not yet taken    │ what the next packet continues
 *   └───────────────┴───────────────────────────┘
 *                   start = head (media time)    tail
 * </pre>
 *
 * <p>Thread: the ticker's.
 */
final class SampleRun {
  /** Sound that begins abruptly does so over 5 ms. */
  private static final int EDGE = 240;

  private final float[] samples;
  private boolean silent = true;
  private int start;
  private int end;
  private long head;

  /**
   * An empty run.
   *
   * @param capacity how many samples there is room for
   */
  SampleRun(int capacity) {
    samples = new float[capacity];
  }

  /** Where the available samples are. */
  float[] samples() {
    return samples;
  }

  /** The index of the first available sample in {@link #samples}. */
  int start() {
    return start;
  }

  /** How many samples are available. */
  int available() {
    return end - start;
  }

  /** The media time of the first available sample. */
  long head() {
    return head;
  }

  /** The media time of the sound after the last available sample. */
  long tail() {
    return head + available();
  }

  /** Begins anew with nothing, at media time {@code time}. */
  void begin(long time) {
    start = 0;
    end = 0;
    silent = true;
    head = time;
  }

  /** Takes the first {@code count} away. */
  void take(int count) {
    start += count;
    head += count;
  }

  /** What is available belongs to media times later by {@code by}, or, negative, earlier. */
  void shift(long by) {
    head += by;
  }

  /** Appends the first {@code count} of {@code sound}. */
  void append(float[] sound, int count) {
    System.arraycopy(sound, 0, samples, end, count);
    if (silent) {
      int edge = Math.min(EDGE, count);
      for (int i = 0; i < edge; i++) {
        samples[end + i] *= (float) i / edge;
      }
      silent = false;
    }
    end += count;
  }

  /** Appends silence. */
  void appendSilence(int count) {
    Arrays.fill(samples, end, end + count, 0);
    end += count;
    silent = true;
  }

  /** Makes room for as much as can be: forgets what was taken. */
  void compact() {
    if (start > 0) {
      System.arraycopy(samples, start, samples, 0, available());
      end -= start;
      start = 0;
    }
  }
}
