package org.kakehashi.server.bench.alignment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.kakehashi.server.bench.Bench;
import org.kakehashi.server.bench.Result;
import org.kakehashi.server.bench.ServerProcess;
import org.kakehashi.server.bench.Venue;

/**
 * Two minutes with a server as operators start it: {@code AlignmentBench LAUNCHER OUT [own]
 * [ffmpeg]}, both kinds of client if none is named. Variable: {@code SECONDS}. Ends with 1 if
 * anything is more than 20 ms apart.
 */
final class AlignmentBench {
  private AlignmentBench() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    LogManager.getLogManager().reset(); // The libraries' chatter would be between the figures.
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path out = Path.of(args[1]);
    int seconds = Bench.variable("SECONDS", 120);
    Files.createDirectories(out);
    boolean failed = false;
    List<String> named = List.of(args).subList(2, args.length);
    for (Speaker.Kind kind : Speaker.Kind.values()) {
      if (!named.isEmpty() && !named.contains(name(kind))) {
        continue;
      }
      Result result = run(kind, seconds, launcher);
      result.report(out);
      failed |= !result.failures().isEmpty();
    }
    System.exit(failed ? 1 : 0);
  }

  private static Result run(Speaker.Kind kind, int seconds, Path launcher) throws IOException {
    List<String> complaints = new ArrayList<>();
    Path folder = Files.createTempDirectory("kakehashi-alignment");
    Found found =
        new AlignmentRun(kind, seconds).run(folder, venue -> open(launcher, venue, complaints));
    List<String> failures = new ArrayList<>(found.failures());
    failures.addAll(complaints);
    Map<String, Object> figures =
        Map.of(
            "unit", "ms",
            "seconds", seconds,
            "segments", found.segments().json(),
            "mp4", found.mp4().json(),
            "mixed", found.mixed().json());
    return new Result("alignment-" + name(kind), found.rows(), figures, failures);
  }

  private static String name(Speaker.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static House open(Path launcher, Venue venue, List<String> complaints)
      throws IOException {
    ServerProcess process = new ServerProcess(launcher, venue);
    return new House() {
      @Override
      public URI uri() {
        return process.uri();
      }

      @Override
      public void close() {
        process.close();
        complaints.addAll(process.complaints());
      }
    };
  }
}
