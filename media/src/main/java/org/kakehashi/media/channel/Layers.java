package org.kakehashi.media.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at the {@linkplain Source#layers layers} of a picture. Pure; any thread. */
public final class Layers {
  /** A layer this much behind the others, in ticks, is not sent any more: its sender saves. */
  private static final long BEHIND = MediaClock.RATE * 3L / 2;

  private Layers() {}

  /**
   * The layers that are sent now, from the smallest to the largest. Never empty: of a picture that
   * stands still, what came last is what there is.
   *
   * @param layers those of one picture
   */
  public static List<Source> present(List<Source> layers) {
    if (layers.size() == 1) {
      return layers;
    }
    long newest = Long.MIN_VALUE;
    for (Source layer : layers) {
      newest = Math.max(newest, layer.lastPacketTicks());
    }
    List<Source> present = new ArrayList<>(layers.size());
    for (Source layer : layers) {
      long last = layer.lastPacketTicks();
      if (last == newest || last != Long.MIN_VALUE && newest - last < BEHIND) {
        present.add(layer);
      }
    }
    present.sort(Comparator.comparingInt(Source::pixels));
    return present;
  }

  /** The largest that is sent now. */
  public static Source largest(List<Source> layers) {
    return present(layers).getLast();
  }

  /**
   * When the last packet of any of them came, in ticks; {@code Long.MIN_VALUE} before the first.
   */
  public static long lastPacketTicks(List<Source> layers) {
    long newest = Long.MIN_VALUE;
    for (Source layer : layers) {
      newest = Math.max(newest, layer.lastPacketTicks());
    }
    return newest;
  }
}
