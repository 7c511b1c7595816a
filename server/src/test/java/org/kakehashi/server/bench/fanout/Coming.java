package org.kakehashi.server.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.kakehashi.server.bench.Wait;

/** What it costs to come in, whom that disturbs, and what is left once all have gone. */
final class Coming {
  private static final int ROUNDS = 3;
  private static final int REHEARSAL = 500;

  private final Stage stage;
  private final Report report;

  Coming(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
  }

  /**
   * How fast listeners come in, beside what the handshakes alone take. Each goes once they have
   * heard something, so that hardly anything but joins is counted; both are warm by then.
   */
  void joins() {
    int count = Stage.variable("FANOUT_JOINS", 2_000);
    double before = bareHandshake();
    List<Double> joins = new ArrayList<>();
    try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1));
        Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      double cold = doors.revolve(REHEARSAL);
      report.row("the first %d joins".formatted(REHEARSAL), "%.0f a second", REHEARSAL / cold);
      double unused = doors.revolve(Stage.variable("FANOUT_WARM_JOINS", 30_000));
      for (int round = 1; round <= ROUNDS; round++) {
        ProcessorTime used = ProcessorTime.of(target.process().pid());
        double took = doors.revolve(count);
        used = ProcessorTime.of(target.process().pid()).since(used);
        double millis = used.total() / 1e3 / count;
        report.row(
            "Kakehashi, %d joins".formatted(count),
            "%.0f a second; %.2f ms of its processor a join, so %.0f a second and core",
            count / took,
            millis,
            1_000 / millis);
        joins.add(millis);
        report.row("", "its processor: " + used);
        report.note(
            "joins",
            Map.of(
                "perSecond",
                count / took,
                "serverMillisPerJoin",
                millis,
                "threadMicros",
                used.micros()));
      }
    }
    double bare = (before + bareHandshake()) / 2;
    for (double join : joins) {
      report.row("", "joins at %.0f %% of bare handshakes", 100 * bare / join);
    }
  }

  private double bareHandshake() {
    try (PinnedProcess process = stage.bareHandshake()) {
      double millis = Double.parseDouble(process.await("server ([0-9.]+) ms").group(1));
      report.row(
          "bare DTLS handshake, server's side", "%.2f ms, %.0f a second", millis, 1000 / millis);
      report.note("bareHandshake", Map.of("millis", millis));
      return millis;
    }
  }

  /** While many come in at a steady rate, do those present lose anything? */
  void arrivals() {
    int present = Stage.variable("FANOUT_PRESENT", 500);
    int coming = Stage.variable("FANOUT_COMING", 1_000);
    int rate = Stage.variable("FANOUT_RATE", 100);
    try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1));
        Crowd crowd = new Crowd(Stage.PORT);
        Crowd late = new Crowd(Stage.PORT + 1);
        Feeder feeder = new Feeder(target)) {
      double unused = new Doors(target, late).revolve(2 * REHEARSAL);
      new Doors(target, crowd).open(present, 0);
      Stage.warmUp(target);
      Measured before = Measured.of(target, crowd, Stage.seconds());
      report.measured("arrivals", before, "%d listen".formatted(present));
      CompletableFuture<Double> doors =
          CompletableFuture.supplyAsync(() -> new Doors(target, late).open(coming, rate));
      Measured during = Measured.of(target, crowd, coming / (double) rate - 2);
      report.measured("arrivals", during, "%d come in at %d a second".formatted(coming, rate));
      report.row("", "lost by those present: %d packets", during.heard().lost());
      double took = doors.orTimeout(5, TimeUnit.MINUTES).join();
      report.row("", "%d heard something after %.1f s", coming, took);
      crowd.leave();
      late.leave();
    }
  }

  /** Many come, listen and go: how much memory do they take, and what is left of them? */
  void leaving() {
    int count = Stage.variable("FANOUT_LEAVING", 2_000);
    try (Kakehashi target = stage.kakehashi(Kakehashi.Plan.sound(1, 1));
        Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      double unused = doors.revolve(REHEARSAL);
      Wait.until("the rehearsal's listeners are gone", () -> target.state().listeners() == 0);
      var before = target.state();
      double took = doors.open(count, 0);
      Stage.warmUp(target);
      var during = target.state();
      crowd.leave();
      boolean gone = Wait.becomes(() -> target.state().leftovers(before).isEmpty());
      List<String> left = target.state().leftovers(before);
      double kib = (during.residentKib() - before.residentKib()) / (double) count;
      double heap = (during.heapBytes() - before.heapBytes()) / 1024.0 / count;
      report.row(
          "%d come in and go".formatted(count),
          "in after %.1f s; resident %.0f KiB a listener, of which %.0f KiB live heap",
          took,
          kib,
          heap);
      report.row("", gone ? "nothing is left" : "left behind: " + String.join("; ", left));
      report.note(
          "leaving",
          Map.of("listeners", count, "residentKib", kib, "liveHeapKib", heap, "left", left));
      if (!gone) {
        throw new IllegalStateException("left behind: " + left);
      }
    }
  }
}
