package org.kakehashi.server.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.kakehashi.media.audio.OpusDecoder;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;

/**
 * A short tone now and then in one microphone's sound, and how long after it was sent a listener's
 * decoder has it. {@link #frame} on one thread, {@link #hear} on another.
 */
final class Bleeps implements AutoCloseable {
  private static final int RATE = 48_000;
  private static final int FRAME = RATE / 50;
  private static final int RTP_HEADER = 12;

  /** A multiple of the mixer's tick: where in a tick they fall is left to chance by the network. */
  private static final int EVERY_FRAMES = 25;

  private static final double TONE = 1000;
  private static final double LOUD = 0.5;
  private static final float HEARD = 0.1f;

  private final OpusEncoder encoder = new OpusEncoder(OpusSettings.speech());
  private final OpusDecoder decoder = new OpusDecoder(1);
  private final float[] sound = new float[FRAME];
  private final float[] decoded = new float[OpusDecoder.MAX_SAMPLES];
  private final Delays delays = new Delays();
  private long sentNanos;
  private boolean awaited;

  /**
   * The next frame as Opus, to be sent at once; the caller releases it.
   *
   * @param number frames so far
   */
  ByteBuf frame(int number) {
    boolean bleep = number % EVERY_FRAMES == EVERY_FRAMES - 1;
    for (int i = 0; i < FRAME; i++) {
      sound[i] = bleep ? (float) (LOUD * Math.cos(2 * Math.PI * TONE * i / RATE)) : 0;
    }
    ByteBuf packet = Unpooled.buffer(OpusEncoder.MAX_PACKET);
    encoder.encode(sound, FRAME, packet);
    if (bleep) {
      synchronized (this) {
        sentNanos = System.nanoTime();
        awaited = true;
      }
    }
    return packet;
  }

  /** Takes an RTP packet without extension, which stays the caller's. */
  synchronized void hear(ByteBuf packet) {
    long now = System.nanoTime();
    byte[] payload = new byte[packet.readableBytes() - RTP_HEADER];
    packet.getBytes(RTP_HEADER, payload);
    int samples = decoder.decode(payload, payload.length, decoded);
    for (int i = 0; i < samples && awaited; i++) {
      if (Math.abs(decoded[i]) > HEARD) {
        awaited = false;
        delays.add(now + i * 1_000_000_000L / RATE - sentNanos);
      }
    }
  }

  /** Forgets what was heard so far. */
  synchronized void restart() {
    awaited = false;
    delays.clear();
  }

  synchronized Delays delays() {
    return delays;
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
