package org.kakehashi.server.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.kakehashi.server.bench.Wait;

/** What it costs to come in, whom that disturbs, and what is left once all have gone. */
final class Coming {
  private static final int ROUNDS = 5;
  private static final int REHEARSAL = 500;

  /** So many wait outside at a time: few, as those who wait take memory. */
  private static final int OUTSIDE = 1_000;

  /** The last have mostly gone by then. */
  private static final long GOING_NANOS = 100_000_000;

  private static final int WARM_ENTRIES = 15_000;

  private final Stage stage;
  private final Report report;

  Coming(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
  }

  /**
   * How fast listeners come in, beside what the handshakes alone take. Each goes once they have
   * heard something, so that hardly anything but joins is counted; both are warm by then. Once from
   * the offer on, and once with the offers answered before it is counted: ICE, DTLS, the first
   * packet.
   */
  void joins() {
    int count = Stage.variable("FANOUT_JOINS", 2_000);
    double before = bareHandshake();
    List<Double> joins = new ArrayList<>();
    List<Double> entries = new ArrayList<>();
    try (Kakehashi target = stage.kakehashi(Kakehashi.Plan.sound(1, 1));
        Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      double cold = doors.revolve(REHEARSAL);
      report.row("the first %d joins".formatted(REHEARSAL), "%.0f a second", REHEARSAL / cold);
      double unused = doors.revolve(Stage.variable("FANOUT_WARM_JOINS", 50_000));
      for (int done = 0; done < WARM_ENTRIES; done += OUTSIDE) {
        unused = doors.enter(doors.offers(OUTSIDE, target)); // The second way of counting, too.
      }
      for (int round = 1; round <= ROUNDS; round++) {
        Counted whole = new Counted(target);
        whole.count(() -> doors.revolve(count));
        joins.add(say("offer to first packet", whole, count));
        Counted entered = new Counted(target);
        for (int done = 0; done < count; done += OUTSIDE) {
          List<Attendee> outside = doors.offers(Math.min(OUTSIDE, count - done), target);
          entered.count(() -> doors.enter(outside));
        }
        entries.add(say("ICE to first packet", entered, count));
      }
    }
    double bare = (before + bareHandshake()) / 2;
    shares("offer to first packet", bare, joins);
    shares("ICE to first packet", bare, entries);
  }

  /** Returns the milliseconds of the server's processor that a join took, but for the compiler. */
  private double say(String what, Counted counted, int count) {
    double millis = counted.used.lasting() / 1e3 / count;
    report.row(
        "%d joins, %s".formatted(count, what),
        "%.0f a second; %.3f ms of its processor a join (%.3f with Java's compiler), so %.0f a second and core",
        count / counted.seconds,
        millis,
        counted.used.total() / 1e3 / count,
        1_000 / millis);
    report.row("", "its processor: " + counted.used);
    report.note(
        "joins",
        Map.of(
            "what",
            what,
            "perSecond",
            count / counted.seconds,
            "serverMillisPerJoin",
            millis,
            "threadMicros",
            counted.used.micros()));
    return millis;
  }

  /** What a server took for one thing, done in several parts with others in between. */
  private static final class Counted {
    private final Kakehashi target;
    private ProcessorTime used = new ProcessorTime(Map.of());
    private double seconds;

    Counted(Kakehashi target) {
      this.target = target;
    }

    void count(DoubleSupplier part) {
      ProcessorTime before = ProcessorTime.of(target.process().pid());
      seconds += part.getAsDouble();
      LockSupport.parkNanos(GOING_NANOS); // Rather than ask again and again, which would count.
      Wait.until("the last have gone", target::isEmpty);
      used = used.and(ProcessorTime.of(target.process().pid()).since(before));
    }
  }

  private void shares(String what, double bare, List<Double> joins) {
    List<Double> shares = joins.stream().map(join -> 100 * bare / join).sorted().toList();
    report.row(
        what,
        "at %.0f %% of bare handshakes (median; %.0f to %.0f)",
        shares.get(shares.size() / 2),
        shares.getFirst(),
        shares.getLast());
    report.note("joinShares", Map.of("what", what, "percent", shares));
  }

  private double bareHandshake() {
    try (PinnedProcess process = stage.bareHandshake()) {
      double millis = Double.parseDouble(process.await("server ([0-9.]+) ms").group(1));
      report.row(
          "bare DTLS handshake, server's side", "%.3f ms, %.0f a second", millis, 1000 / millis);
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
      Memory memory = new Memory(target);
      memory.look("nobody came yet");
      double unused = doors.revolve(REHEARSAL);
      Wait.until("the rehearsal's listeners are gone", () -> target.state().listeners() == 0);
      long restKib = Stage.memoryAtRest(target);
      memory.look("%d came and went".formatted(REHEARSAL));
      var before = target.state();
      double took = doors.open(count, 0);
      memory.look("%d have just come in".formatted(count));
      Stage.warmUp(target);
      long restingKib = Stage.memoryAtRest(target);
      memory.look("they have listened for a while");
      var during = target.state();
      crowd.leave();
      boolean gone = Wait.becomes(() -> target.state().leftovers(before).isEmpty());
      List<String> left = target.state().leftovers(before);
      double kib = (restingKib - restKib) / (double) count;
      double heap = (during.heapBytes() - before.heapBytes()) / 1024.0 / count;
      report.row(
          "%d come in and go".formatted(count),
          "in after %.1f s; resident %.0f KiB a listener, of which %.0f KiB live heap",
          took,
          kib,
          heap);
      report.row("", "resident: " + memory);
      report.row("", gone ? "nothing is left" : "left behind: " + String.join("; ", left));
      report.note(
          "leaving",
          Map.of(
              "listeners",
              count,
              "resident",
              memory.toString(),
              "residentKib",
              kib,
              "liveHeapKib",
              heap,
              "left",
              left));
      if (!gone) {
        throw new IllegalStateException("left behind: " + left);
      }
    }
  }

  /** What a server's memory was at some moments. */
  private static final class Memory {
    private final Target target;
    private final List<String> looks = new ArrayList<>();

    Memory(Target target) {
      this.target = target;
    }

    void look(String when) {
      looks.add("%d MiB (%s)".formatted(target.process().residentKib() >> 10, when));
    }

    @Override
    public String toString() {
      return String.join(", ", looks);
    }
  }
}
