package org.kakehashi.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;

/**
 * Measures a server: {@code Bench LAUNCHER OUT [forwarding] [mixing] [crowd]}, all three if none is
 * named. Variables: {@code LISTENERS} and {@code SECONDS} of the crowd. Ends with 1 if packets were
 * lost or anything was left behind.
 */
public final class Bench {
  private static final int LOOPS = 2;
  private static final int SHORT_SECONDS = 20;

  private final Path out;
  private boolean failed;

  private Bench(Path out) {
    this.out = out;
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    LogManager.getLogManager().reset(); // The libraries' chatter would be between the figures.
    Bench bench = new Bench(Path.of(args[1]));
    List<String> named = List.of(args).subList(2, args.length);
    bench.run(
        Path.of(args[0]).toAbsolutePath(),
        named.isEmpty() ? Set.of("forwarding", "mixing", "crowd") : Set.copyOf(named));
    System.exit(bench.failed ? 1 : 0);
  }

  private void run(Path launcher, Set<String> wanted) throws IOException {
    Files.createDirectories(out);
    Venue venue = Venue.in(Files.createTempDirectory("kakehashi-bench"));
    try (ServerProcess server = new ServerProcess(launcher, venue);
        MediaApi api = new MediaApi(server.uri(), LOOPS)) {
      if (wanted.contains("forwarding")) {
        report(new Forwarding(3, SHORT_SECONDS).run(api, venue));
      }
      if (wanted.contains("mixing")) {
        report(new Mixing(SHORT_SECONDS).run(api, venue));
      }
      if (wanted.contains("crowd")) {
        report(
            new CrowdRun(variable("LISTENERS", 300), variable("SECONDS", 60))
                .run(server, api, venue));
      }
      fail(server.complaints());
    }
  }

  private void report(Result result) throws IOException {
    result.report(out);
    failed |= !result.failures().isEmpty();
  }

  private void fail(List<String> failures) {
    failures.forEach(failure -> System.out.println("  FAILED: " + failure));
    failed |= !failures.isEmpty();
  }

  /** A variable of the environment. */
  public static int variable(String name, int otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
  }
}
