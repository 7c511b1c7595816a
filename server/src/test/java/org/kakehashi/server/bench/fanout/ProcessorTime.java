package org.kakehashi.server.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time of a process by what its threads are for, as the kernel counts it in nanoseconds.
 * A thread that ended between two looks is not in it: compilers come and go, media loops do not.
 */
record ProcessorTime(Map<String, Double> micros) {
  private static final int NAMED = 3;
  private static final String COMPILER = "compiler";

  static ProcessorTime of(long pid) {
    Map<String, Double> micros = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        count(thread, micros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessorTime(micros);
  }

  private static void count(Path thread, Map<String, Double> micros) {
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      String nanos = Files.readString(thread.resolve("schedstat")).split(" ")[0];
      micros.merge(purpose(name), Long.parseLong(nanos) / 1e3, Double::sum);
    } catch (IOException gone) {
      // It ended while we looked.
    }
  }

  /** Java's threads have the beginning and the end of their names. */
  private static String purpose(String name) {
    if (name.startsWith("media")) {
      return "media loops";
    } else if (name.startsWith("vert.x")) {
      return "HTTP";
    } else if (name.startsWith("ForkJoi")) {
      return "virtual threads";
    } else if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
      return COMPILER;
    } else if (name.startsWith("Z") || name.startsWith("XW") || name.startsWith("Runtime")) {
      return "collector";
    } else if (name.startsWith("hloop")) {
      return "Janus's sessions"; // A thread each.
    }
    return name;
  }

  ProcessorTime since(ProcessorTime before) {
    Map<String, Double> passed = new TreeMap<>();
    micros.forEach((name, now) -> passed.put(name, now - before.micros.getOrDefault(name, 0.0)));
    return new ProcessorTime(passed);
  }

  ProcessorTime and(ProcessorTime more) {
    Map<String, Double> both = new TreeMap<>(micros);
    more.micros.forEach((name, each) -> both.merge(name, each, Double::sum));
    return new ProcessorTime(both);
  }

  double total() {
    return micros.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** All but what Java's compiler took, which ends some time after a process's start. */
  double lasting() {
    return total() - micros.getOrDefault(COMPILER, 0.0);
  }

  /** The largest shares. */
  @Override
  public String toString() {
    List<Map.Entry<String, Double>> largest =
        micros.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .toList();
    double rest =
        largest.stream().skip(NAMED).mapToDouble(Map.Entry::getValue).sum() / total() * 100;
    return largest.stream()
            .limit(NAMED)
            .map(each -> share(each.getKey(), each.getValue() / total() * 100))
            .collect(Collectors.joining(", "))
        + ", "
        + share("rest", rest);
  }

  private static String share(String name, double percent) {
    return String.format(Locale.ROOT, "%s %.0f %%", name, percent);
  }
}
