package org.kakehashi.server.bench.fanout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found, as rows to read and as {@code fanout.json}. One thread. */
final class Report {
  private final Map<String, Object> figures = new LinkedHashMap<>();

  /** Prints a row. */
  void row(String what, String figure, Object... arguments) {
    String text = arguments.length == 0 ? figure : String.format(Locale.ROOT, figure, arguments);
    System.out.printf("  %-48s %s%n", what, text);
  }

  /** Keeps figures of a part. */
  @SuppressWarnings("unchecked")
  void note(String part, Map<String, Object> json) {
    ((List<Object>) figures.computeIfAbsent(part, same -> new ArrayList<>())).add(json);
  }

  /** Prints and keeps what was measured of listeners at a server. */
  void measured(String part, Measured measured, String what) {
    row(what, measured.toString());
    row("", "its processor: " + measured.threads());
    Map<String, Object> json = measured.json();
    json.put("what", what);
    note(part, json);
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    figures.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    figures.put("loadAverage", load());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("fanout.json").toFile(), figures);
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
