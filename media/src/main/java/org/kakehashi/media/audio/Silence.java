package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * A session's silence: 50 Opus packets a second, while anybody listens. Feeds a channel while its
 * interpreter coughs and channels that carry nothing, because a player stalls on a channel that
 * sends nothing.
 *
 * <p>Thread: packets on the ticker's; {@link #close} from any.
 */
public final class Silence implements AutoCloseable {
  /** How long a packet lasts, in ticks of the session's clock. */
  static final int FRAME = 960;

  /**
   * A 20 ms full-band CELT frame, mono, whose silence flag is set (RFC 6716 sections 3.1 and 4.3):
   * what libopus itself makes of digital silence at the lowest rate.
   */
  private static final byte[] PACKET = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};

  private final Source source;
  private final MediaClock clock;
  private final Ticker.Ticking ticking;
  // Shared by all packets for as long as this lives, so nobody's release may free it.
  private final ByteBuf payload =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(PACKET.clone()).asReadOnly());
  private long sequence;

  /**
   * Silence on a session's clock.
   *
   * @param id the source's id, unique in the session
   */
  public Silence(String id, MediaClock clock, Ticker ticker) {
    this.source = new Source(id, Codec.OPUS, clock);
    this.clock = clock;
    this.ticking = ticker.start(this::tick);
  }

  /** The silence itself. */
  public Source source() {
    return source;
  }

  private void tick(long deadline) {
    if (source.isHeard()) {
      source.publish(
          new MediaPacket(
              payload, sequence++, clock.ticks(deadline), sequence == 1, true, SoundLevel.SILENCE));
    }
  }

  /** Ends the packets; again: nothing happens. */
  @Override
  public void close() {
    ticking.close();
  }
}
