package org.kakehashi.server.bench;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param name names its file
 * @param rows for people
 * @param figures for programs
 * @param failures what must not be, in words; empty if all is well
 */
record Result(String name, List<Row> rows, Map<String, Object> figures, List<String> failures) {
  Result {
    rows = List.copyOf(rows);
    failures = List.copyOf(failures);
  }

  /** A line of the table. */
  record Row(String what, String figure) {}
}
