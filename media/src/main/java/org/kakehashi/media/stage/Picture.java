package org.kakehashi.media.stage;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.FanOut;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * One video track that viewers watch: the main picture, the slides, or one camera. It goes on
 * showing the source before until the next one sends a key frame, so a cut never shows a broken
 * picture.
 *
 * <p>Threads: {@link #show} from the session's control thread; packets on their source's thread.
 */
public final class Picture implements Sink, Feed {
  /**
   * After this long without a key frame of the next source it is asked for again, in ticks: 500 ms.
   * Browsers ignore what is asked less than 300 ms after they sent one, which nobody may have seen.
   */
  private static final long ASK_AGAIN = 24_000;

  private final String name;
  private final FanOut fanOut = new FanOut();
  private volatile @Nullable Source shown;
  private volatile @Nullable Source next;
  private volatile long askedAt = Long.MIN_VALUE;

  /**
   * @param name {@code picture}, {@code slides} or {@code camera-1} … {@code camera-4}
   */
  public Picture(String name) {
    this.name = name;
  }

  /**
   * Shows {@code source} as soon as it sends a key frame, which it is asked for.
   *
   * @param source the camera; null to show nothing from now on
   */
  public synchronized void show(@Nullable Source source) {
    if (source == null) {
      detach(shown);
      detach(next);
      shown = null;
      next = null;
      return;
    }
    if (source == shown) {
      detach(next);
      next = null;
      return;
    }
    if (source == next) {
      return;
    }
    detach(next);
    next = source;
    askedAt = Long.MIN_VALUE;
    source.attach(this);
    source.requestKeyFrame();
  }

  /** The source that viewers see now. */
  public @Nullable Source shown() {
    return shown;
  }

  /** The source that viewers see, or will at its next key frame. */
  public @Nullable Source target() {
    Source coming = next;
    return coming != null ? coming : shown;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    if (from == next) {
      if (packet.keyFrame()) {
        cut(from);
      } else {
        askAgain(from, packet.mediaTime());
      }
    }
    if (from == shown) {
      fanOut.publish(from, packet);
    }
  }

  private void askAgain(Source from, long mediaTime) {
    if (askedAt == Long.MIN_VALUE) {
      askedAt = mediaTime; // It was asked for when this source was chosen.
    } else if (mediaTime - askedAt >= ASK_AGAIN) {
      askedAt = mediaTime;
      from.requestKeyFrame();
    }
  }

  @Override
  public void subscribe(Listener listener) {
    fanOut.subscribe(listener);
    Source source = shown;
    if (source != null) {
      source.requestKeyFrame();
    }
  }

  @Override
  public void unsubscribe(Listener listener) {
    fanOut.unsubscribe(listener);
  }

  /** How many watch this track now. */
  public int viewers() {
    return fanOut.listeners();
  }

  private synchronized void cut(Source to) {
    if (to != next) {
      return; // Another choice was made meanwhile.
    }
    detach(shown);
    shown = to;
    next = null;
  }

  private void detach(@Nullable Source source) {
    if (source != null) {
      source.detach(this);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
