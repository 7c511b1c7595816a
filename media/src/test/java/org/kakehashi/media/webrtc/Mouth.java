package org.kakehashi.media.webrtc;

import io.netty.buffer.Unpooled;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** A source whose packets are made to order, each of one frame that is its number. */
final class Mouth {
  private static final int CELT_20_MS = 0xF8;

  final Source source;
  private int toc = CELT_20_MS;
  private int samples = 960;
  private int next = 1;
  private long time = 48_000;

  Mouth(String id, PortFixture fixture) {
    source = new Source(id, Codec.OPUS, fixture.clock);
  }

  /** Lasts from now on: {@code toc} for frames of so many samples. */
  void frames(int newToc, int newSamples) {
    toc = newToc;
    samples = newSamples;
  }

  /** Says the next frame, and returns its number. */
  int say() {
    return say(false);
  }

  int say(boolean marker) {
    byte[] payload = {(byte) toc, (byte) (next >> 8), (byte) next};
    source.publish(
        new MediaPacket(
            Unpooled.wrappedBuffer(payload), next, time, marker, true, MediaPacket.NO_LEVEL));
    time += samples;
    return next++;
  }

  /** A packet that never reaches us. */
  void lose() {
    next++;
    time += samples;
  }

  /** Nothing is sent for so long, or the clock is corrected by so much. */
  void pause(int ticks) {
    time += ticks;
  }
}
