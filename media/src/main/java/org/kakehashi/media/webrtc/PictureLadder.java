package org.kakehashi.media.webrtc;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares what a line takes, sound already taken off, among the pictures on it: first each picture
 * in its smallest layer, the most important first; then larger layers, in the same order. Down at
 * once, up only with room to spare, so that it does not swing. Pure.
 *
 * <pre>
 *   everything ─▶ smaller pictures ─▶ the slides, small ─▶ sound only
 * </pre>
 */
final class PictureLadder {
  /** What a larger layer must leave unused before it is chosen. */
  private static final double SPARE = 1.2;

  /** RTP's headers and encryption on top of the payload. */
  private static final double HEADERS = 1.05;

  private PictureLadder() {}

  /**
   * A picture that is asked for.
   *
   * @param importance lower ones go first
   * @param layers what each takes in bit/s of payload, from the smallest to the largest; not empty
   * @param present the place of the layer chosen before, beyond the last for the last; {@link
   *     LayerChoice#NONE} for none
   */
  record Wish(int importance, List<Long> layers, int present) {
    Wish {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("a picture without layers");
      }
    }

    int largest() {
      return layers.size() - 1;
    }

    /** What a layer takes of the line, with room to spare if it would be more than now. */
    double cost(int layer) {
      return layers.get(layer) * HEADERS * (layer > present ? SPARE : 1);
    }
  }

  /**
   * The layer of each picture.
   *
   * @param budget in bit/s; may be negative
   * @return in the order of {@code wishes}, each a place in its layers or {@link LayerChoice#NONE}
   */
  static int[] share(long budget, List<Wish> wishes) {
    int[] order =
        IntStream.range(0, wishes.size())
            .boxed()
            .sorted((a, b) -> wishes.get(a).importance() - wishes.get(b).importance())
            .mapToInt(Integer::intValue)
            .toArray();
    int[] chosen = new int[wishes.size()];
    Arrays.fill(chosen, LayerChoice.NONE);
    double left = budget;
    for (int i : order) {
      Wish wish = wishes.get(i);
      double cost = wish.cost(0);
      if (cost <= left) {
        chosen[i] = 0;
        left -= cost;
      }
    }
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int i : order) {
        Wish wish = wishes.get(i);
        int next = chosen[i] + 1;
        if (chosen[i] == LayerChoice.NONE || next > wish.largest()) {
          continue;
        }
        double cost = wish.cost(next) - wish.cost(chosen[i]);
        if (cost <= left) {
          chosen[i] = next;
          left -= cost;
          grown = true;
        }
      }
    }
    return chosen;
  }

  /**
   * The bit/s that the next step up would take of the line, sound not counted; 0 if there is none.
   */
  static long nextStep(List<Wish> wishes, int[] chosen) {
    double now = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < chosen.length; i++) {
      Wish wish = wishes.get(i);
      double cost = chosen[i] == LayerChoice.NONE ? 0 : wish.layers().get(chosen[i]) * HEADERS;
      now += cost;
      if (chosen[i] < wish.largest()) {
        double step = wish.layers().get(chosen[i] + 1) * HEADERS * SPARE - cost;
        least = Math.min(least, Math.max(step, 0));
      }
    }
    return least == Double.MAX_VALUE ? 0 : (long) (now + least);
  }

  /** What became of the wishes. */
  static PictureService service(List<Wish> wishes, int[] chosen) {
    int most = wishes.stream().mapToInt(Wish::importance).min().orElse(0);
    boolean full = true;
    boolean any = false;
    boolean others = false;
    for (int i = 0; i < chosen.length; i++) {
      boolean shown = chosen[i] != LayerChoice.NONE;
      full &= chosen[i] == wishes.get(i).largest();
      any |= shown;
      others |= shown && wishes.get(i).importance() > most;
    }
    if (full) {
      return PictureService.FULL;
    }
    if (!any) {
      return PictureService.SOUND_ONLY;
    }
    boolean slidesAlone = most == 0 && !others && wishes.stream().anyMatch(w -> w.importance() > 0);
    return slidesAlone ? PictureService.SLIDES_ONLY : PictureService.REDUCED;
  }
}
