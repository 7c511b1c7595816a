package org.kakehashi.media.webrtc;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Layers;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * Which layer of a picture one listener is sent: one at a time, changed at a key frame, so that the
 * decoder sees one stream that now and then changes its size. On the listener's loop.
 */
final class LayerChoice {
  /** No layer at all: the line takes no picture. */
  static final int NONE = -1;

  /** The largest layer there is. */
  static final int LARGEST = Integer.MAX_VALUE;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private List<Source> camera = List.of();
  private List<Source> layers = List.of();
  private @Nullable Source current;
  private int target = LARGEST;
  private boolean asked;
  private long askedAtNanos;

  /**
   * Whether the listener is to be sent this packet. Where it waits for a key frame of the layer it
   * comes from, that is asked for.
   */
  boolean admits(Source from, MediaPacket packet, long nowNanos) {
    if (from.layers() != camera) {
      camera = from.layers();
      current = null;
      asked = false;
      look();
    }
    if (from == current) {
      return true;
    }
    if (from != wanted()) {
      return false;
    }
    if (packet.keyFrame()) {
      current = from;
      asked = false;
      return true;
    }
    if (!asked || nowNanos - askedAtNanos >= PATIENCE) {
      asked = true;
      askedAtNanos = nowNanos;
      from.requestKeyFrame();
    }
    return false;
  }

  /** Looks anew which layers are sent, from the smallest to the largest. */
  List<Source> look() {
    layers = camera.isEmpty() ? camera : Layers.present(camera);
    return layers;
  }

  /** Another feed: what was looked at is gone. */
  void reset() {
    camera = List.of();
    layers = List.of();
    current = null;
    asked = false;
  }

  /**
   * Aims at a layer; the change comes with its key frame.
   *
   * @param layer its place in {@link #look}, beyond the last for the last; {@link #NONE} stops at
   *     once
   */
  void target(int layer) {
    if (layer != target) {
      asked = false;
    }
    target = layer;
    if (layer == NONE) {
      current = null;
    }
  }

  int target() {
    return target;
  }

  /** Sends nothing until the key frame of the layer aimed at: the line cannot wait for it. */
  void stop() {
    if (current != wanted()) {
      current = null;
    }
  }

  /** The layer sent now; null while a key frame is awaited, or none is sent. */
  @Nullable Source current() {
    return current;
  }

  private @Nullable Source wanted() {
    return target < 0 || layers.isEmpty() ? null : layers.get(Math.min(target, layers.size() - 1));
  }
}
