package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import org.kakehashi.media.channel.MediaPacket;

/**
 * Measures how loud a stream of Opus packets is, by decoding one in five: about 0.03 % of a core.
 *
 * <p>Thread: one at a time.
 */
public final class PacketLevel implements AutoCloseable {
  /** One packet in this many is decoded. */
  private static final int ONE_IN = 5;

  /** A packet this short holds no sound: the sender pauses (RFC 6716 section 3.1, code 0). */
  private static final int NO_SOUND = 2;

  private final OpusDecoder decoder = new OpusDecoder(1);
  private final byte[] packet = new byte[OpusDecoder.MAX_PACKET];
  private final float[] sound = new float[OpusDecoder.MAX_SAMPLES];
  private int skipped = ONE_IN - 1; // The first is decoded, so that a meter moves at once.

  /** Begins with the next packet, whatever it is. */
  public PacketLevel() {}

  /**
   * Takes the next packet.
   *
   * @param payload an Opus packet; neither moved nor kept
   * @return in dBov, 0 loudest to -127 silence; {@link MediaPacket#NO_LEVEL} if this packet was not
   *     decoded, or is no Opus
   */
  public int measure(ByteBuf payload) {
    int length = payload.readableBytes();
    if (length == 0 || length > OpusDecoder.MAX_PACKET) {
      return MediaPacket.NO_LEVEL;
    }
    if (length <= NO_SOUND) {
      return SoundLevel.SILENCE;
    }
    skipped++;
    if (skipped < ONE_IN) {
      return MediaPacket.NO_LEVEL;
    }
    skipped = 0;
    payload.getBytes(payload.readerIndex(), packet, 0, length);
    int samples = decoder.decode(packet, length, sound);
    return samples == 0 ? MediaPacket.NO_LEVEL : SoundLevel.of(sound, samples);
  }

  /** Frees the decoder; again: nothing happens. */
  @Override
  public void close() {
    decoder.close();
  }
}
