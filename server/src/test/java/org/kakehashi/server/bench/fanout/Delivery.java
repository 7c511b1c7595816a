package org.kakehashi.server.bench.fanout;

import java.util.List;
import java.util.Map;

/** What it costs to keep a crowd listening, and how large a crowd may be. */
final class Delivery {
  /** More than Janus can serve well on one processor. */
  private static final int JANUS_MOST = 600;

  /** Janus keeps what it has of each for a minute after they have gone. */
  private static final int REHEARSAL = 30;

  /** A second, where more and more come in: each takes a millisecond from those present. */
  private static final int ARRIVALS = 40;

  /** What came while they did is sent by then, in seconds. */
  private static final int SETTLING = 15;

  private final Stage stage;
  private final Report report;
  private final int rounds = Stage.variable("FANOUT_ROUNDS", 2);

  Delivery(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
  }

  /** The same crowd at each in turn, twice: what does a packet cost, and a listener? */
  void audio() {
    for (int listeners : List.of(Stage.variable("FANOUT_LISTENERS", 300), 1_000)) {
      for (int round = 1; round <= rounds; round++) {
        bare(listeners);
        try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1))) {
          crowd("audio", target, listeners);
        }
        if (stage.hasJanus() && listeners <= JANUS_MOST) {
          try (Target target = stage.janus(false)) {
            crowd("audio", target, listeners);
          }
        }
      }
    }
  }

  /** One server alone, to look at more closely. */
  void kakehashi() {
    try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1))) {
      crowd("one", target, Stage.variable("FANOUT_LISTENERS", 300));
    }
  }

  /** The same for a bare loop. */
  void bare() {
    bare(Stage.variable("FANOUT_LISTENERS", 300));
  }

  /** The same for Janus. */
  void janus() {
    try (Target target = stage.janus(false)) {
      crowd("one", target, Stage.variable("FANOUT_LISTENERS", 300));
    }
  }

  private void crowd(String part, Target target, int listeners) {
    try (Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      rehearse(part, target, crowd, doors, listeners);
      long before = memoryBefore(part, target);
      double took = doors.open(listeners, 0);
      Stage.warmUp(target);
      Measured measured = Measured.of(target, crowd, Stage.seconds());
      double kib = (target.process().residentKib() - before) / (double) listeners;
      report.measured(part, measured, target.name() + ", " + listeners + " listeners");
      report.row("", "all in after %.1f s; resident %.0f KiB a listener", took, kib);
      report.note(part + "Memory", Map.of("listeners", listeners, "kibPerListener", kib));
      crowd.leave();
      Stage.pass(1);
    }
  }

  private static long memoryBefore(String part, Target target) {
    if (target.isLite() && part.equals("audio")) {
      return Stage.memoryAtRest(target);
    }
    Stage.pass(3);
    return target.process().residentKib();
  }

  /** What a server takes so that so many can come in, it takes once. */
  private static void rehearse(
      String part, Target target, Crowd crowd, Doors doors, int listeners) {
    if (target.isLite() && !part.equals("video")) {
      double unused = doors.revolve(listeners);
    } else { // Who waits for a key frame comes and goes too slowly for that.
      double unused = doors.open(REHEARSAL, 0);
      crowd.leave();
    }
  }

  /** The bare loop, at the pace of speech and without pause. */
  private void bare(int listeners) {
    for (boolean full : List.of(false, true)) {
      try (Crowd crowd = new Crowd(Stage.PORT);
          PinnedProcess process = stage.bareLoop(listeners, full)) {
        process.await("go");
        double before = process.micros();
        crowd.restart();
        long sent = Long.parseLong(process.await("sent (\\d+)").group(1));
        double micros = (process.micros() - before) / sent;
        String how = full ? "without pause" : "every 20 ms";
        report.row(
            "bare loop, %d addresses, %s".formatted(listeners, how),
            "%.2f µs a packet, %.0f packets/s, arrived %.1f %%",
            micros,
            sent / (double) Stage.seconds(),
            100.0 * crowd.heard().others() / sent);
        report.note(
            "bare",
            Map.of("addresses", listeners, "full", full, "microsPerPacket", micros, "sent", sent));
      }
    }
  }

  /** More and more listeners until packets are lost or late. */
  void limit() {
    int step = Stage.variable("FANOUT_STEP", 1_000);
    try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1))) {
      ramp("limit", target, step, Stage.variable("FANOUT_MOST", 6_000));
    }
    if (stage.hasJanus()) {
      try (Target target = stage.janus(false)) {
        ramp("limit", target, 150, 1_200);
      }
    }
  }

  /** The same with three frames in a packet. */
  void packed() {
    try (Target target = stage.kakehashi(Kakehashi.Plan.sound(1, 1).packed())) {
      int step = Stage.variable("FANOUT_PACKED_STEP", 3_000);
      ramp("packed", target, step, Stage.variable("FANOUT_PACKED_MOST", 12_000));
    }
  }

  private void ramp(String part, Target target, int step, int most) {
    try (Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      int good = 0;
      for (int listeners = step; listeners <= most; listeners += step) {
        try {
          // All at once they would fill the processor, and the server would turn them away.
          doors.open(step, ARRIVALS);
        } catch (RuntimeException refused) {
          report.row(target.name() + ", " + listeners, "no more came in: " + refused.getMessage());
          break;
        }
        if (listeners == step) {
          Stage.warmUp(target);
        } else {
          Stage.pass(SETTLING);
        }
        Measured measured = Measured.of(target, crowd, Stage.seconds());
        report.measured(part, measured, target.name() + ", " + listeners + " listeners");
        if (measured.isGood()) {
          good = listeners;
        } else if (measured.isWorn()) {
          break;
        } else {
          report.row("", "late though its processor rests: the generator is, or others have it");
        }
      }
      report.row(target.name(), "%d listeners without loss or delay", good);
    }
  }

  /** The same number of listeners in one session, and spread over five with four channels each. */
  void sessions() {
    int listeners = Stage.variable("FANOUT_SPREAD", 2_000);
    spread("sessions", Kakehashi.Plan.sound(1, 1), listeners);
    spread("sessions", Kakehashi.Plan.sound(5, 4), listeners);
  }

  /** A session of four channels, not recorded and recorded. */
  void recorded() {
    int listeners = Stage.variable("FANOUT_LISTENERS", 1_000);
    spread("recorded", Kakehashi.Plan.sound(1, 4), listeners);
    spread("recorded", Kakehashi.Plan.sound(1, 4).withRecording(), listeners);
  }

  private void spread(String part, Kakehashi.Plan plan, int listeners) {
    try (Target target = stage.kakehashi(plan);
        Crowd crowd = new Crowd(Stage.PORT);
        Feeder feeder = new Feeder(target)) {
      new Doors(target, crowd).open(listeners, 0);
      Stage.warmUp(target);
      String what = "%d on %d channels".formatted(listeners, target.channels());
      String how = plan.recorded() ? ", recorded" : "";
      report.measured(part, Measured.of(target, crowd, Stage.seconds()), what + how);
      crowd.leave();
    }
  }

  /** One picture of 1.5 Mbit/s to many. */
  void video() {
    int listeners = Stage.variable("FANOUT_VIEWERS", 200);
    for (int round = 1; round <= rounds; round++) {
      try (Target target = stage.kakehashi(Kakehashi.Plan.picture())) {
        crowd("video", target, listeners);
      }
      if (stage.hasJanus()) {
        try (Target target = stage.janus(true)) {
          crowd("video", target, Math.min(listeners, 150));
        }
      }
    }
  }
}
