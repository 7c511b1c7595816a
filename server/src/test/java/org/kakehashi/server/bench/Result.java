package org.kakehashi.server.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
public record Result(
    String name, List<Row> rows, Map<String, Object> figures, List<String> failures) {
  public Result {
    rows = List.copyOf(rows);
    failures = List.copyOf(failures);
  }

  /** A line of the table. */
  public record Row(String what, String figure) {}

  /** Prints the table and what failed, and writes the figures into folder {@code out}. */
  public void report(Path out) throws IOException {
    System.out.printf("%n%s%n", name);
    rows.forEach(row -> System.out.printf("  %-58s %s%n", row.what(), row.figure()));
    failures.forEach(failure -> System.out.println("  FAILED: " + failure));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("processors", Runtime.getRuntime().availableProcessors());
    document.put(
        "loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    document.put("figures", figures);
    document.put("failures", failures);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValue(out.resolve(name + ".json").toFile(), document);
  }
}
