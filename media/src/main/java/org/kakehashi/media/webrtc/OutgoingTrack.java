package org.kakehashi.media.webrtc;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** A media line on which we send to a peer whatever it listens to now. */
public final class OutgoingTrack implements Listener {
  private final EventExecutor loop;
  private final String mid;
  private final boolean audio;

  OutgoingTrack(EventExecutor loop, String mid, boolean audio) {
    this.loop = loop;
    this.mid = mid;
    this.audio = audio;
  }

  /**
   * Listens to {@code feed} from now on in place of what it listened to before; to nothing if null.
   * Any thread; the change falls between two packets.
   */
  public void listen(@Nullable Feed feed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventExecutor loop() {
    return loop;
  }

  /** Whether this is sound rather than picture. */
  public boolean isAudio() {
    return audio;
  }

  /** The media line's identification (RFC 9143). */
  public String mid() {
    return mid;
  }

  /** What this track has sent. */
  public Stats stats() {
    throw new UnsupportedOperationException();
  }

  /**
   * What a track has sent since its peer connected.
   *
   * @param packets packets sent, without retransmissions
   * @param bytes their payload bytes
   * @param retransmitted packets sent again because the listener asked
   * @param fractionLost the share of packets the listener last said it missed, 0 to 1
   */
  public record Stats(long packets, long bytes, long retransmitted, double fractionLost) {}
}
