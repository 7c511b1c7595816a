package org.kakehashi.media.stage;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.FanOut;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Layers;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * One video track that viewers watch: the main picture, the slides, or one camera. It goes on
 * showing the source before until the next one sends a key frame, so a cut never shows a broken
 * picture.
 *
 * <p>Of a source in several layers, who subscribes here gets the largest that is sent, and who
 * subscribes to {@link #layers} gets all, to choose among them.
 *
 * <p>Threads: {@link #show} from the session's control thread; packets on their source's thread.
 */
public final class Picture implements Sink, Feed {
  /**
   * After this long without a key frame of the next source it is asked for again, in ticks: 500 ms.
   * Browsers ignore what is asked less than 300 ms after they sent one, which nobody may have seen.
   */
  private static final long ASK_AGAIN = 24_000;

  /** How long a larger layer's key frame is waited for before it is asked for again, in ticks. */
  private static final long PATIENCE = MediaClock.RATE * 2L;

  private final String name;
  private final int importance;
  private final FanOut fanOut = FanOut.ofPictures();
  private final FanOut everyLayer = FanOut.ofPictures();
  private final Feed layers =
      new Feed() {
        @Override
        public void subscribe(Listener listener) {
          everyLayer.subscribe(listener);
          refresh();
        }

        @Override
        public void unsubscribe(Listener listener) {
          everyLayer.unsubscribe(listener);
        }
      };
  private volatile @Nullable Source shown;
  private volatile @Nullable Source next;
  private volatile long askedAt = Long.MIN_VALUE;
  private volatile @Nullable Source largest;
  private long askedAtTicks = Long.MIN_VALUE;

  /**
   * @param name {@code picture}, {@code slides} or {@code camera-1} … {@code camera-4}
   * @param importance as {@link Feed#importance}
   */
  public Picture(String name, int importance) {
    this.name = name;
    this.importance = importance;
  }

  /**
   * Shows {@code source} as soon as it sends a key frame, which it is asked for.
   *
   * @param source the camera, any of its layers for all of them; null to show nothing from now on
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
    source.layers().forEach(layer -> layer.attach(this));
    source.layers().forEach(Source::requestKeyFrame);
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
    if (isOf(next, from)) {
      if (packet.keyFrame()) {
        cut(from);
      } else {
        askAgain(from, packet.mediaTime());
      }
    }
    if (isOf(shown, from)) {
      if (from != largest) {
        grow(from, packet);
      }
      everyLayer.publish(from, packet);
      if (from == largest) {
        fanOut.publish(from, packet);
      }
    }
  }

  private static boolean isOf(@Nullable Source picture, Source layer) {
    return picture == layer || picture != null && picture.layers() == layer.layers();
  }

  /** Changes to another layer, at its key frame, where it has become the largest that is sent. */
  private void grow(Source from, MediaPacket packet) {
    if (Layers.largest(from.layers()) != from) {
      return;
    }
    if (packet.keyFrame()) {
      largest = from;
      return;
    }
    long now = from.clock().now();
    if (askedAtTicks == Long.MIN_VALUE || now - askedAtTicks > PATIENCE) {
      askedAtTicks = now;
      from.requestKeyFrame();
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
    refresh();
  }

  @Override
  public void unsubscribe(Listener listener) {
    fanOut.unsubscribe(listener);
  }

  @Override
  public Feed layers() {
    return layers;
  }

  @Override
  public int importance() {
    return importance;
  }

  private void refresh() {
    Source source = shown;
    if (source != null) {
      Layers.largest(source.layers()).requestKeyFrame();
    }
  }

  /** How many watch this track now. */
  public int viewers() {
    return fanOut.listeners() + everyLayer.listeners();
  }

  private synchronized void cut(Source to) {
    Source coming = next;
    if (coming == null || !isOf(coming, to)) {
      return; // Another choice was made meanwhile.
    }
    detach(shown);
    shown = coming;
    largest = to;
    next = null;
  }

  private void detach(@Nullable Source source) {
    if (source != null) {
      source.layers().forEach(layer -> layer.detach(this));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
