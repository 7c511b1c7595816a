package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import org.kakehashi.media.audio.OpusDecoder;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * Decodes what a channel carries and places it by media time. Sound goes on without a seam as long
 * as it is within 8 ms of its place, and glides there by a few samples a packet, so that a sender's
 * clock that runs fast or slow is never heard and never adds up. Further off, it is put where it
 * belongs, with a cross-fade.
 *
 * <p>Thread: the recorder's.
 */
final class ChannelSound implements AutoCloseable {
  /** How far sound may be off its place before it is moved there at once: 8 ms. */
  private static final long OFF = 384;

  /** What is lost is recovered or invented up to this length: 120 ms. */
  private static final long MENDED = OpusDecoder.MAX_SAMPLES;

  private static final int WAITING = 128;

  private final SampleLine line;
  private final long origin;
  private final PacketOrder order = new PacketOrder(WAITING, this::take);
  private final OpusDecoder decoder = new OpusDecoder(1);
  private final Glide glide = new Glide();
  private final byte[] payload = new byte[OpusDecoder.MAX_PACKET];
  private final float[] decoded = new float[OpusDecoder.MAX_SAMPLES];
  private boolean running;
  private long late;

  /**
   * @param line where the sound goes
   * @param origin added to media times to make them the recording's
   */
  ChannelSound(SampleLine line, long origin) {
    this.line = line;
    this.origin = origin;
  }

  /** Takes a packet as it comes. */
  void accept(Source from, MediaPacket packet) {
    order.add(from, packet);
  }

  /**
   * Places what has to wait no longer.
   *
   * @param due recording time up to which nothing is waited for
   */
  void release(long due) {
    order.release(due - origin);
  }

  /** Places everything that waits. */
  void flush() {
    order.flush();
  }

  /** How many packets came too late to be heard, or only a part of them was. */
  long late() {
    return late + order.late();
  }

  private void take(Source from, MediaPacket packet, boolean afterLoss, boolean first) {
    ByteBuf data = packet.payload();
    int length = data.readableBytes();
    long time = packet.mediaTime() + origin;
    if (length == 0 || length > payload.length || time - line.position() > SampleLine.REACH) {
      late++;
      return;
    }
    data.getBytes(data.readerIndex(), payload, 0, length);
    if (first) {
      stop();
    }
    if (DigitalSilence.is(payload, length)) {
      stop();
      line.silence(time + DigitalSilence.SAMPLES);
      return;
    }
    if (running) {
      mend(time, length, afterLoss);
    }
    int count = decoder.decode(payload, length, decoded);
    if (count > 0) {
      place(time, count);
    }
  }

  /** Fills what is missing between the last packet and this one, if it is short. */
  private void mend(long time, int length, boolean afterLoss) {
    long gap = time - line.end();
    if (gap > MENDED + OFF) {
      stop(); // A pause, not a loss.
      return;
    }
    int samples = (int) ((gap + OpusDecoder.STEP / 2) / OpusDecoder.STEP) * OpusDecoder.STEP;
    if (!afterLoss || samples <= 0) {
      return;
    }
    samples = (int) Math.min(samples, MENDED);
    int count = decoder.recover(payload, length, samples, decoded);
    if (count > 0) {
      late += line.append(decoded, count) > 0 ? 1 : 0;
    }
  }

  private void place(long time, int count) {
    long off = time - line.end();
    int tooLate;
    if (running && Math.abs(off) <= OFF) {
      int corrected = count + Glide.correction(off, count);
      tooLate = line.append(glide.stretch(decoded, count, corrected), corrected);
    } else {
      glide.restart();
      tooLate = line.begin(time, decoded, count);
    }
    running = true;
    late += tooLate > 0 ? 1 : 0;
  }

  private void stop() {
    if (running) {
      running = false;
      decoder.reset();
      glide.restart();
    }
  }

  @Override
  public void close() {
    order.discard();
    decoder.close();
  }
}
