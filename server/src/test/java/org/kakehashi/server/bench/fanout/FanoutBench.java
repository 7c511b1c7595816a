package org.kakehashi.server.bench.fanout;

import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;

/**
 * One load generator against this server, Janus and a bare loop, each on one processor in turn:
 * {@code FanoutBench LAUNCHER OUT PART…}; {@code deploy/bench/run.sh} tells the parts.
 *
 * <p>Variables: {@code FANOUT_LISTENERS}, {@code FANOUT_SECONDS}, {@code FANOUT_WARM}, {@code
 * FANOUT_JANUS=no}, and those of the parts.
 */
public final class FanoutBench {
  private FanoutBench() {}

  /** See the class. Ends with 1 if a part could not be measured. */
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    Report report = new Report();
    Stage stage = new Stage(Path.of(args[0]));
    boolean whole = true;
    for (String part : List.of(args).subList(2, args.length)) {
      System.out.printf("%n%s, load average %.1f%n", part, Report.load());
      try {
        run(part, new Delivery(stage, report), new Coming(stage, report));
      } catch (RuntimeException failed) {
        whole = false;
        report.row(part, "could not be measured: " + failed);
        failed.printStackTrace();
      } finally {
        report.write(Path.of(args[1])); // Whatever becomes of the parts that follow.
      }
    }
    System.exit(whole ? 0 : 1);
  }

  private static void run(String part, Delivery delivery, Coming coming) {
    switch (part) {
      case "audio" -> delivery.audio();
      case "limit" -> delivery.limit();
      case "packed" -> delivery.packed();
      case "sessions" -> delivery.sessions();
      case "recorded" -> delivery.recorded();
      case "video" -> delivery.video();
      case "kakehashi" -> delivery.kakehashi();
      case "bare" -> delivery.bare();
      case "janus" -> delivery.janus();
      case "joins" -> coming.joins();
      case "arrivals" -> coming.arrivals();
      case "leaving" -> coming.leaving();
      default -> throw new IllegalArgumentException("there is no part " + part);
    }
  }
}
