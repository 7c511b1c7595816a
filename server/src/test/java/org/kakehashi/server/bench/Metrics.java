package org.kakehashi.server.bench;

/**
 * What {@code /metrics} said at one moment.
 *
 * @param text in Prometheus's format
 */
record Metrics(String text) {

  static Metrics of(MediaApi api) {
    return new Metrics(api.get("/metrics"));
  }

  /**
   * The sum over all labels of a metric.
   *
   * @param name of the metric, perhaps with the labels it must have: {@code x{reason="late"}}
   */
  double sum(String name) {
    String bare = name.contains("{") ? name.substring(0, name.indexOf('{')) : name;
    String labels = name.substring(bare.length()).replaceAll("[{}]", "");
    return text.lines()
        .filter(line -> line.startsWith(bare + "{") || line.startsWith(bare + " "))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
