package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.function.LongPredicate;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * A microphone whose clock runs fast or slow. It clicks at given session times, and hums quietly
 * from a second before to a second after; else it is mute.
 */
final class SimulatedVoice implements Conference.Participant, AutoCloseable {
  /** What libopus looks ahead: sound is decoded from a packet this much later. */
  private static final int OPUS_DELAY = 312;

  private static final int FRAME = 960;

  /** What a muted microphone sends. */
  private static final byte[] SILENT = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};

  private static final int CLICK = 480;

  private final OpusEncoder encoder =
      new OpusEncoder(OpusSettings.speech().withComplexity(0).withBitrate(48_000));
  private final Source source;
  private final double rate;
  private final long latency;
  private final LongPredicate clickAt;
  private final Random random = new Random(7);
  private long origin = Long.MIN_VALUE;
  private long sent;
  private long sequence = 1_000;
  private boolean present = true;
  private double lossRate;
  private long hummedSlot = Long.MIN_VALUE;
  private boolean hums;

  /**
   * @param ppm how much faster than the session's clock its own runs
   * @param latency of the way here, in ticks
   * @param clickAt whether a click begins at this tick of the session; asked for multiples of 4800
   */
  SimulatedVoice(
      Conference conference, String id, double ppm, long latency, LongPredicate clickAt) {
    source = new Source(id, Codec.OPUS, conference.clock);
    rate = 1 + ppm / 1e6;
    this.latency = latency;
    this.clickAt = clickAt;
  }

  Source source() {
    return source;
  }

  /** Leaves without a word, and comes back. */
  void present(boolean here) {
    present = here;
  }

  void loss(double share) {
    lossRate = share;
  }

  @Override
  public void send(long now) {
    if (origin == Long.MIN_VALUE) {
      origin = now;
    }
    // Its sample n is taken at session time origin + n / rate.
    while (sessionTime((sent + 1) * FRAME) + latency <= now) {
      long first = sent * FRAME;
      ByteBuf payload = Unpooled.buffer(OpusEncoder.MAX_PACKET);
      encode(first, payload);
      long mediaTime = sessionTime(first - OPUS_DELAY);
      boolean lost = random.nextDouble() < lossRate;
      if (present && !lost) {
        source.publish(new MediaPacket(payload, sequence, mediaTime, false, true, -30));
      } else {
        payload.release();
      }
      sequence++;
      sent++;
    }
  }

  private void encode(long first, ByteBuf payload) {
    if (!hums(slot(sessionTime(first))) && !hums(slot(sessionTime(first + FRAME)))) {
      payload.writeBytes(SILENT);
      return;
    }
    float[] pcm = new float[FRAME];
    for (int i = 0; i < FRAME; i++) {
      pcm[i] = sample(sessionTime(first + i));
    }
    encoder.encode(pcm, FRAME, payload);
  }

  private static long slot(long time) {
    return Math.floorDiv(time, 4_800) * 4_800;
  }

  private long sessionTime(long sample) {
    return origin + Math.round(sample / rate);
  }

  private float sample(long time) {
    long start = slot(time);
    double hum = !hums(start) ? 0 : 0.002 * Math.sin(2 * Math.PI * 200 * time / 48_000);
    if (time - start < CLICK && clickAt.test(start)) {
      return (float) (hum + 0.7 * Math.sin(2 * Math.PI * 2_000 * time / 48_000));
    }
    return (float) hum;
  }

  private boolean hums(long slot) {
    if (slot != hummedSlot) {
      hummedSlot = slot;
      hums = false;
      for (long near = slot - 48_000; near <= slot + 48_000; near += 4_800) {
        hums |= clickAt.test(near);
      }
    }
    return hums;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
