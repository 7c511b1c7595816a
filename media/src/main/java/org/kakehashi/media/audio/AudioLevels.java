package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * How loud one source is. Browsers say so in each packet (RFC 6464); of senders that do not
 * (GStreamer, FFmpeg) one packet in five is decoded, about 0.03 % of a core.
 *
 * <p>Thread: packets on the source's; {@link #level} and {@link #close} from any.
 */
public final class AudioLevels implements Sink, AutoCloseable {
  /** Is told how loud a source is. */
  @FunctionalInterface
  public interface Meter {
    /**
     * Takes a level, with each packet that says it or was decoded. Called on the source's thread;
     * must not block.
     *
     * @param level in dBov, 0 loudest to -127 silence
     * @param mediaTime in ticks of the session's clock
     */
    void level(Source source, int level, long mediaTime);
  }

  /** One packet in this many is decoded. */
  private static final int ONE_IN = 5;

  /** A packet this short holds no sound: the sender pauses (RFC 6716 section 3.1, code 0). */
  private static final int NO_SOUND = 2;

  private final Source source;
  private final Meter meter;
  private @Nullable Decoder decoder;
  private int skipped = ONE_IN - 1; // The first is decoded, so that a meter moves at once.
  private boolean closed;
  private volatile int level = MediaPacket.NO_LEVEL;

  /** What is needed only for sources that do not say their level. */
  private static final class Decoder {
    final OpusDecoder opus = new OpusDecoder(1);
    final byte[] payload = new byte[OpusDecoder.MAX_PACKET];
    final float[] sound = new float[OpusDecoder.MAX_SAMPLES];
  }

  /**
   * Listens to {@code source} from now on.
   *
   * @param source of Opus
   */
  public AudioLevels(Source source, Meter meter) {
    this.source = source;
    this.meter = meter;
    source.attach(this);
  }

  /** The latest level in dBov, or {@link MediaPacket#NO_LEVEL} before the first. */
  public int level() {
    return level;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    int now = packet.level();
    if (now == MediaPacket.NO_LEVEL) {
      now = measure(packet.payload());
    }
    if (now != MediaPacket.NO_LEVEL) {
      level = now;
      meter.level(from, now, packet.mediaTime());
    }
  }

  private synchronized int measure(ByteBuf payload) {
    int length = payload.readableBytes();
    if (closed || length == 0 || length > OpusDecoder.MAX_PACKET) {
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
    Decoder with = decoder;
    if (with == null) {
      with = new Decoder();
      decoder = with;
    }
    payload.getBytes(payload.readerIndex(), with.payload, 0, length);
    int samples = with.opus.decode(with.payload, length, with.sound);
    return samples == 0 ? MediaPacket.NO_LEVEL : SoundLevel.of(with.sound, samples);
  }

  /** Listens no more, and frees the decoder; again: nothing happens. */
  @Override
  public synchronized void close() {
    closed = true;
    source.detach(this);
    if (decoder != null) {
      decoder.opus.close();
      decoder = null;
    }
  }
}
