package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;

/** Speech-like sound for tests, and where it is found again in what somebody heard. */
final class Speech {
  private static final int RATE = 48_000;

  private Speech() {}

  /**
   * Words of gliding pitch and changing vowels, with hissed beginnings, a room's noise, and pauses
   * of up to {@code longestPause} seconds between them.
   *
   * @param pitch of the voice in Hz
   */
  static float[] of(long seed, double pitch, double longestPause, int seconds) {
    Random random = new Random(seed);
    float[] sound = new float[seconds * RATE];
    int at = 0;
    while (at < sound.length) {
      int length = RATE / 5 + random.nextInt(RATE / 2);
      word(random, pitch, sound, at, Math.min(length, sound.length - at));
      at += length + (int) (random.nextDouble() * longestPause * RATE);
    }
    for (int i = 0; i < sound.length; i++) {
      sound[i] += (float) (0.0005 * random.nextGaussian());
    }
    return sound;
  }

  private static void word(Random random, double pitch, float[] sound, int at, int length) {
    double phase = 0;
    double from = pitch * (0.8 + 0.4 * random.nextDouble());
    double to = pitch * (0.8 + 0.4 * random.nextDouble());
    double loud = 0.1 + 0.15 * random.nextDouble();
    double vowel = 300 + 500 * random.nextDouble();
    double other = 900 + 1_200 * random.nextDouble();
    int hiss = random.nextInt(RATE / 12);
    for (int i = 0; i < length; i++) {
      double t = (double) i / length;
      double envelope = Math.min(1, Math.min(i, length - i) / 1_500.0);
      double frequency = from + (to - from) * t;
      phase += 2 * Math.PI * frequency / RATE;
      double value = 0;
      for (int h = 1; h * frequency < 3_500; h++) {
        double near = Math.min(Math.abs(h * frequency - vowel), Math.abs(h * frequency - other));
        value += Math.sin(h * phase) / (1 + near / 150);
      }
      double noise = i < hiss ? 0.1 * random.nextGaussian() : 0;
      sound[at + i] = (float) (loud * envelope * (value / 3 + noise));
    }
  }

  /** The same as packets of 20 ms. */
  static byte[][] encoded(float[] speech) {
    byte[][] packets = new byte[speech.length / Studio.FRAME][];
    try (var encoder = new OpusEncoder(OpusSettings.speech())) {
      ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
      for (int i = 0; i < packets.length; i++) {
        int from = i * Studio.FRAME;
        float[] frame = Arrays.copyOfRange(speech, from, from + Studio.FRAME);
        packets[i] = new byte[encoder.encode(frame, Studio.FRAME, out.clear())];
        out.readBytes(packets[i]);
      }
    }
    return packets;
  }

  /** What a listener to nobody but this speaker hears. */
  static float[] decoded(byte[][] packets) {
    float[] sound = new float[packets.length * Studio.FRAME];
    float[] frame = new float[OpusDecoder.MAX_SAMPLES];
    try (var decoder = new OpusDecoder(1)) {
      for (int i = 0; i < packets.length; i++) {
        decoder.decode(packets[i], packets[i].length, frame);
        System.arraycopy(frame, 0, sound, i * Studio.FRAME, Studio.FRAME);
      }
    }
    return sound;
  }

  /**
   * Where a stretch of what was heard was said.
   *
   * @param lag how many samples later than said it was heard
   * @param likeness the correlation of the two there, from -1 to 1
   */
  record Found(int lag, double likeness) {}

  /**
   * Looks for a stretch of what was heard in what was said.
   *
   * @param said repeats itself for ever
   * @param at where the stretch was heard, in samples from the first of {@code said}
   * @param most how much later it may be, in samples; a quarter as much earlier
   */
  static Found find(float[] heard, int from, int length, float[] said, long at, int most) {
    Found coarse = best(heard, from, length, said, at, -most / 4, most, 8);
    return best(heard, from, length, said, at, coarse.lag - 8, coarse.lag + 8, 1);
  }

  private static Found best(
      float[] heard, int from, int length, float[] said, long at, int least, int most, int step) {
    Found best = new Found(0, -1);
    for (int lag = least; lag <= most; lag += step) {
      double likeness = likeness(heard, from, length, said, at - lag, step);
      if (likeness > best.likeness) {
        best = new Found(lag, likeness);
      }
    }
    return best;
  }

  /** The correlation of a stretch of what was heard with what was said from {@code at} on. */
  static double likeness(float[] heard, int from, int length, float[] said, long at) {
    return likeness(heard, from, length, said, at, 1);
  }

  private static double likeness(
      float[] heard, int from, int length, float[] said, long at, int step) {
    double both = 0;
    double one = 1e-12;
    double other = 1e-12;
    int s = Math.floorMod(at, said.length);
    for (int i = 0; i < length; i += step) {
      double a = heard[from + i];
      double b = said[s];
      both += a * b;
      one += a * a;
      other += b * b;
      s += step;
      if (s >= said.length) {
        s -= said.length;
      }
    }
    return both / Math.sqrt(one * other);
  }
}
