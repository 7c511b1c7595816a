package org.kakehashi.server.bench.alignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far apart what belongs together is.
 *
 * @param spreads by click: the latest less the earliest of the tracks that have it, in ms
 * @param delays by track: how much later than the beat each event stands, in ms
 * @param missing clicks that a track does not have, as {@code track at seconds}
 * @param extra events that are no click's
 */
record Comparison(
    List<Double> spreads,
    Map<String, List<Double>> delays,
    List<Missing> missing,
    List<String> extra) {
  private static final double NEAR = 900;

  /** A click that is not in a track. */
  record Missing(String track, double seconds) {}

  /**
   * Compares.
   *
   * @param heard times of which count from the beat's start
   * @param clicks which to look for, in ms of the beat
   */
  static Comparison of(Heard heard, List<Double> clicks) {
    List<Double> spreads = new ArrayList<>();
    Map<String, List<Double>> delays = new LinkedHashMap<>();
    List<Missing> missing = new ArrayList<>();
    List<String> extra = new ArrayList<>();
    for (double click : clicks) {
      List<Double> there = new ArrayList<>();
      for (Map.Entry<String, List<Double>> track : heard.events().entrySet()) {
        List<Double> near =
            track.getValue().stream().filter(t -> Math.abs(t - click) < NEAR).toList();
        OptionalDouble time = near.stream().mapToDouble(Double::doubleValue).findFirst();
        if (time.isEmpty()) {
          missing.add(new Missing(track.getKey(), click / 1e3));
          continue;
        }
        if (near.size() > 1) {
          extra.add("%s at %.0f s: %s".formatted(track.getKey(), click / 1e3, near));
        }
        there.add(time.getAsDouble());
        delays
            .computeIfAbsent(track.getKey(), key -> new ArrayList<>())
            .add(time.getAsDouble() - click);
      }
      if (there.size() > 1) {
        spreads.add(Collections.max(there) - Collections.min(there));
      }
    }
    return new Comparison(spreads, delays, missing, extra);
  }

  /** The worst spread, in ms. */
  double worst() {
    return spreads.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** The figures. */
  Map<String, Object> json() {
    return Map.of("apart", spreads, "afterTheBeat", delays, "missing", missing);
  }

  /** A list's median, with its least and most. */
  static String range(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? "none"
        : String.format(
            Locale.ROOT,
            "%.1f ms (%.1f to %.1f), %d",
            sorted.get(sorted.size() / 2),
            sorted.getFirst(),
            sorted.getLast(),
            sorted.size());
  }
}
