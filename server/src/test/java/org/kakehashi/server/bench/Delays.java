package org.kakehashi.server.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measured times. One thread at a time. */
final class Delays {
  private long[] nanos = new long[1024];
  private int count;

  static Delays merged(Collection<Delays> parts) {
    Delays all = new Delays();
    for (Delays part : parts) {
      for (int i = 0; i < part.count; i++) {
        all.add(part.nanos[i]);
      }
    }
    return all;
  }

  void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = value;
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** The quantile in milliseconds; not a number if nothing was measured. */
  double millis(double quantile) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(quantile * count) - 1)] / 1e6;
  }

  Map<String, Object> json() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("count", count);
    figures.put("p50", millis(0.5));
    figures.put("p90", millis(0.9));
    figures.put("p99", millis(0.99));
    figures.put("max", millis(1));
    return figures;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p90 %.2f, p99 %.2f, max %.2f (%d)",
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(1),
        count);
  }
}
