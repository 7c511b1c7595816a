package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * One mix that leaves the mixer: limits, encodes once, publishes. Costs nothing while nobody
 * listens.
 *
 * <p>Thread: one at a time.
 */
final class MixOutput implements AutoCloseable {
  private static final int FRAME = Microphone.FRAME;

  private final Source source;
  private final ByteBufAllocator allocator;
  private final OpusEncoder encoder;
  private final Limiter limiter = new Limiter();
  private final float[] sum = new float[FRAME];
  private boolean resting = true;
  private long sequence;

  MixOutput(String id, MediaClock clock, OpusSettings settings, ByteBufAllocator allocator) {
    this.source = new Source(id, Codec.OPUS, clock);
    this.allocator = allocator;
    this.encoder = new OpusEncoder(settings);
  }

  Source source() {
    return source;
  }

  /** Whether anybody listens; if not, it goes on anew with the next frame that is heard. */
  boolean isHeard() {
    boolean heard = source.isHeard();
    resting |= !heard;
    return heard;
  }

  /**
   * Begins a frame.
   *
   * @return the sum, all zeros, to which the microphones are to be added; false if none is wanted
   */
  boolean begin() {
    if (!isHeard()) {
      return false;
    }
    Arrays.fill(sum, 0);
    return true;
  }

  void add(float[] sound) {
    for (int i = 0; i < FRAME; i++) {
      sum[i] += sound[i];
    }
  }

  /**
   * Publishes the frame that was added up.
   *
   * @param time the media time of its first sample
   */
  void publish(long time) {
    limiter.apply(sum, FRAME);
    boolean first = resting;
    if (first) {
      encoder.reset();
      resting = false;
    }
    ByteBuf payload = allocator.buffer(OpusEncoder.MAX_PACKET);
    try {
      encoder.encode(sum, FRAME, payload);
    } catch (RuntimeException e) {
      payload.release();
      throw e;
    }
    int level = SoundLevel.of(sum, FRAME);
    source.publish(new MediaPacket(payload, sequence++, time, first, true, level));
  }

  @Override
  public void close() {
    encoder.close();
  }
}
