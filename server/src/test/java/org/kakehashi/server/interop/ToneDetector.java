package org.kakehashi.server.interop;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for half a second of sound in which one frequency has nearly all of the power, by
 * Goertzel's algorithm. Fed on libwebrtc's thread.
 */
final class ToneDetector implements AudioTrackSink {
  private static final double ENOUGH = 0.9;
  private static final double AUDIBLE = 0.05;

  private final double frequency;
  private final CompletableFuture<Double> found = new CompletableFuture<>();
  private double total;
  private double s1;
  private double s2;
  private int samples;
  private volatile String last = "nothing";

  ToneDetector(double frequency) {
    this.frequency = frequency;
  }

  /** The tone's share of the power, once it is heard. */
  CompletableFuture<Double> found() {
    return found;
  }

  /** What was heard last, for people. */
  String last() {
    return last;
  }

  @Override
  public void onData(byte[] data, int bits, int rate, int channels, int frames) {
    ByteBuffer pcm = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    double coefficient = 2 * Math.cos(2 * Math.PI * frequency / rate);
    for (int i = 0; i < frames; i++) {
      double sample = pcm.getShort(2 * i * channels) / 32_768.0;
      total += sample * sample;
      double s0 = sample + coefficient * s1 - s2;
      s2 = s1;
      s1 = s0;
      samples++;
    }
    if (samples >= rate / 2) {
      double power = 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / samples;
      double share = total == 0 ? 0 : power / total;
      double level = Math.sqrt(total / samples);
      last = "level %.4f, share of the tone %.3f, %d Hz".formatted(level, share, rate);
      if (share > ENOUGH && level > AUDIBLE) {
        found.complete(share);
      }
      total = 0;
      s1 = 0;
      s2 = 0;
      samples = 0;
    }
  }
}
