package org.kakehashi.media.audio;

import java.util.Random;

/** Sound for tests, and the measures of it. */
final class Tone {
  private final double frequency;
  private final double amplitude;
  private final int channels;
  private long position;

  private Tone(double frequency, double amplitude, int channels) {
    this.frequency = frequency;
    this.amplitude = amplitude;
    this.channels = channels;
  }

  static Tone mono(double frequency, double amplitude) {
    return new Tone(frequency, amplitude, 1);
  }

  static Tone stereo(double frequency, double amplitude) {
    return new Tone(frequency, amplitude, 2);
  }

  int channels() {
    return channels;
  }

  /** The next samples of a sine. */
  float[] next(int samples) {
    float[] sound = new float[samples * channels];
    for (int i = 0; i < samples; i++) {
      double phase = 2 * Math.PI * frequency * position++ / LibOpus.RATE;
      for (int c = 0; c < channels; c++) {
        sound[i * channels + c] = (float) (amplitude * Math.sin(phase));
      }
    }
    return sound;
  }

  /** Syllables of gliding pitch with a little breath, so that the encoder takes it for speech. */
  static float[] voice(Random noise, double amplitude, long from, int samples) {
    float[] sound = new float[samples];
    for (int i = 0; i < samples; i++) {
      double t = (double) (from + i) / LibOpus.RATE;
      double phase = 2 * Math.PI * 140 * t - 6 * Math.cos(2 * Math.PI * 1.5 * t);
      double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * t));
      double value = 0;
      for (int harmonic = 1; harmonic <= 20; harmonic++) {
        value += Math.sin(harmonic * phase) / harmonic;
      }
      sound[i] = (float) (amplitude * (syllable * value / 2 + 0.002 * noise.nextGaussian()));
    }
    return sound;
  }

  /** The energy of the difference of two sounds. */
  static double error(float[] one, float[] other, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double difference = one[i] - other[i];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The amplitude of one frequency in a stretch of sound, by Goertzel's algorithm with a window.
   */
  static double amplitude(float[] sound, int from, int length, double frequency) {
    double coefficient = 2 * Math.cos(2 * Math.PI * frequency / LibOpus.RATE);
    double s1 = 0;
    double s2 = 0;
    for (int i = 0; i < length; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
      double s0 = sound[from + i] * window + coefficient * s1 - s2;
      s2 = s1;
      s1 = s0;
    }
    double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
    return 4 * Math.sqrt(Math.max(0, power)) / length;
  }

  static double rms(float[] sound, int from, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) sound[from + i] * sound[from + i];
    }
    return Math.sqrt(sum / length);
  }

  static double peak(float[] sound) {
    double peak = 0;
    for (float sample : sound) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }
}
