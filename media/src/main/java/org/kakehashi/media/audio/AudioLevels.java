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

  private final Source source;
  private final Meter meter;
  private @Nullable PacketLevel measured; // Only where the source does not say its level.
  private boolean closed;
  private volatile int level = MediaPacket.NO_LEVEL;

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
    if (closed) {
      return MediaPacket.NO_LEVEL;
    }
    PacketLevel with = measured;
    if (with == null) {
      with = new PacketLevel();
      measured = with;
    }
    return with.measure(payload);
  }

  /** Listens no more, and frees the decoder; again: nothing happens. */
  @Override
  public synchronized void close() {
    closed = true;
    source.detach(this);
    if (measured != null) {
      measured.close();
      measured = null;
    }
  }
}
