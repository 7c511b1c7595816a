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
import java.util.logging.LogManager;

/**
 * One load generator against this server, Janus and a bare loop, each on one processor in turn:
 * {@code FanoutBench LAUNCHER OUT PART…}. Parts: {@code audio}, {@code limit}, {@code sessions},
 * {@code joins}, {@code arrivals}, {@code video}; {@code kakehashi} or {@code janus} alone.
 * Variables: {@code FANOUT_LISTENERS}, {@code FANOUT_SECONDS}, {@code FANOUT_JANUS=no}.
 */
public final class FanoutBench {
  private static final int PORT = 18_100;

  private final Path launcher;
  private final Path out;
  private final Path work;
  private final boolean janus;
  private final int seconds = variable("FANOUT_SECONDS", 10);
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private FanoutBench(Path launcher, Path out) throws IOException {
    this.launcher = launcher;
    this.out = out;
    this.work = Files.createTempDirectory("kakehashi-fanout");
    this.janus = !"no".equals(System.getenv("FANOUT_JANUS"));
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    FanoutBench bench = new FanoutBench(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]));
    try {
      for (String part : List.of(args).subList(2, args.length)) {
        bench.run(part);
      }
    } finally {
      bench.write();
    }
    System.exit(0);
  }

  private void run(String part) throws IOException {
    System.out.printf("%n%s, load average %.1f%n", part, load());
    switch (part) {
      case "audio" -> audio();
      case "limit" -> limit();
      case "sessions" -> sessions();
      case "joins" -> joins();
      case "arrivals" -> arrivals();
      case "video" -> video();
      case "kakehashi" -> one(kakehashi(1, 1));
      case "janus" -> one(new Janus(work.resolve("janus"), false));
      default -> throw new IllegalArgumentException("there is no part " + part);
    }
  }

  /** The same crowd at each in turn, twice: what does a packet cost, and a listener? */
  private void audio() throws IOException {
    for (int listeners : List.of(variable("FANOUT_LISTENERS", 300), 1_000)) {
      for (int round = 1; round <= 2; round++) {
        bare(listeners);
        try (Target target = kakehashi(1, 1)) {
          crowd("audio", target, listeners);
        }
        if (janus && listeners <= 300) { // More than it can serve on one processor.
          try (Target target = new Janus(work.resolve("janus"), false)) {
            crowd("audio", target, listeners);
          }
        }
      }
    }
  }

  /** One server alone, to look at more closely. */
  private void one(Target target) {
    try (target) {
      crowd("one", target, variable("FANOUT_LISTENERS", 300));
    }
  }

  private void crowd(String part, Target target, int listeners) {
    try (Crowd crowd = new Crowd(PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      doors.open(30, 0);
      crowd.leave();
      pass(3);
      long before = target.process().residentKib();
      double took = doors.open(listeners, 0);
      Measured measured = Measured.of(target, crowd, seconds);
      double kib = (target.process().residentKib() - before) / (double) listeners;
      row(target.name() + ", " + listeners + " listeners", measured.toString());
      row("", "all in after %.1f s; resident %.0f KiB a listener".formatted(took, kib));
      Map<String, Object> json = measured.json();
      json.put("residentKibPerListener", kib);
      note(part, json);
      crowd.leave();
      pass(1);
    }
  }

  /** The bare loop, at the pace of speech and without pause. */
  private void bare(int listeners) {
    for (boolean full : List.of(false, true)) {
      try (Crowd crowd = new Crowd(PORT);
          PinnedProcess process = bareProcess(listeners, full)) {
        process.await("go");
        double before = process.micros();
        crowd.restart();
        long sent = Long.parseLong(process.await("sent (\\d+)").group(1));
        double micros = (process.micros() - before) / sent;
        String how = full ? "without pause" : "every 20 ms";
        row(
            "bare loop, %d addresses, %s".formatted(listeners, how),
            String.format(
                Locale.ROOT,
                "%.2f µs a packet, %.0f packets/s, arrived %.1f %%",
                micros,
                sent / (double) seconds,
                100.0 * crowd.heard().others() / sent));
        note(
            "bare",
            Map.of("addresses", listeners, "full", full, "microsPerPacket", micros, "sent", sent));
      }
    }
  }

  private PinnedProcess bareProcess(int listeners, boolean full) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BareLoop.class.getName(),
                Integer.toString(listeners),
                Integer.toString(PORT),
                Integer.toString(seconds)));
    if (full) {
      command.add("full");
    }
    return new PinnedProcess(command, Map.of(), work.resolve("bare.log"));
  }

  /** More and more listeners until packets are lost or late. */
  private void limit() throws IOException {
    try (Target target = kakehashi(1, 1)) {
      ramp(target, variable("FANOUT_STEP", 1_000), variable("FANOUT_MOST", 6_000));
    }
    if (janus) {
      try (Target target = new Janus(work.resolve("janus"), false)) {
        ramp(target, 150, 1_200);
      }
    }
  }

  private void ramp(Target target, int step, int most) {
    try (Crowd crowd = new Crowd(PORT);
        Feeder feeder = new Feeder(target)) {
      Doors doors = new Doors(target, crowd);
      int good = 0;
      for (int listeners = step; listeners <= most; listeners += step) {
        try {
          doors.open(step, 0);
        } catch (RuntimeException refused) {
          row(target.name() + ", " + listeners, "no more came in: " + refused.getMessage());
          break;
        }
        Measured measured = Measured.of(target, crowd, seconds);
        row(target.name() + ", " + listeners + " listeners", measured.toString());
        note("limit", measured.json());
        if (!measured.isGood()) {
          break;
        }
        good = listeners;
      }
      row(target.name(), "%d listeners without loss or delay".formatted(good));
    }
  }

  /** The same number of listeners in one session, and spread over five with four channels each. */
  private void sessions() throws IOException {
    int listeners = variable("FANOUT_SPREAD", 2_000);
    for (int sessions : List.of(1, 5)) {
      try (Target target = kakehashi(sessions, sessions == 1 ? 1 : 4);
          Crowd crowd = new Crowd(PORT);
          Feeder feeder = new Feeder(target)) {
        new Doors(target, crowd).open(listeners, 0);
        Measured measured = Measured.of(target, crowd, seconds);
        row(
            "%d listeners on %d channels".formatted(listeners, target.channels()),
            measured.toString());
        Map<String, Object> json = measured.json();
        json.put("channels", target.channels());
        note("sessions", json);
        crowd.leave();
      }
    }
  }

  /** How fast listeners come in, beside what the handshakes alone take. */
  private void joins() throws IOException {
    int count = variable("FANOUT_JOINS", 600);
    for (int round = 1; round <= 2; round++) {
      double bare = bareHandshake();
      try (Target target = kakehashi(1, 1);
          Crowd crowd = new Crowd(PORT);
          Feeder feeder = new Feeder(target)) {
        Doors doors = new Doors(target, crowd);
        doors.open(300, 0); // Compiled before it counts.
        double before = target.process().micros();
        crowd.restart();
        double took = doors.open(count, 0);
        double used = target.process().micros() - before;
        Measured idle = Measured.of(target, crowd, 4);
        double forwarding = idle.micros() * crowd.heard().packets();
        double millis = used / 1e3 / count;
        row(
            "Kakehashi, %d joins".formatted(count),
            String.format(
                Locale.ROOT,
                "%.0f a second; the server's processor %.2f ms a join (a bare handshake %.2f ms:"
                    + " %.0f %%)",
                count / took,
                millis,
                bare,
                100 * bare / millis));
        note(
            "joins",
            Map.of(
                "perSecond", count / took,
                "serverMillisPerJoin", millis,
                "bareHandshakeMillis", bare,
                "forwardingMicros", forwarding));
        crowd.leave();
      }
    }
  }

  private double bareHandshake() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseZGC",
            "-cp",
            System.getProperty("java.class.path"),
            BareHandshake.class.getName(),
            Integer.toString(seconds));
    try (PinnedProcess process =
        new PinnedProcess(command, Map.of(), work.resolve("handshake.log"))) {
      double millis = Double.parseDouble(process.await("server ([0-9.]+) ms").group(1));
      row(
          "bare DTLS handshake, server's side",
          "%.2f ms, %.0f a second".formatted(millis, 1000 / millis));
      return millis;
    }
  }

  /** While many come in at a steady rate, do those present lose anything? */
  private void arrivals() throws IOException {
    int present = variable("FANOUT_PRESENT", 500);
    int coming = variable("FANOUT_COMING", 1_000);
    int rate = variable("FANOUT_RATE", 100);
    try (Target target = kakehashi(1, 1);
        Crowd crowd = new Crowd(PORT);
        Crowd late = new Crowd(PORT + 1);
        Feeder feeder = new Feeder(target)) {
      new Doors(target, crowd).open(present, 0);
      row("%d listen".formatted(present), Measured.of(target, crowd, seconds).toString());
      Thread doors =
          Thread.ofPlatform()
              .start(() -> report(new Doors(target, late).open(coming, rate), coming));
      Measured during = Measured.of(target, crowd, coming / (double) rate - 2);
      row("%d come in at %d a second".formatted(coming, rate), during.toString());
      note("arrivals", during.json());
      doors.join();
      crowd.leave();
      late.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(double took, int coming) {
    row("", "%d heard something after %.1f s".formatted(coming, took));
  }

  /** One picture of 1.5 Mbit/s to many. */
  private void video() throws IOException {
    int listeners = variable("FANOUT_VIEWERS", 200);
    for (int round = 1; round <= 2; round++) {
      try (Target target =
          new Kakehashi(
              launcher, work.resolve("kakehashi-v"), new Kakehashi.Plan(1, 1, true, ""))) {
        crowd("video", target, listeners);
      }
      if (janus) {
        try (Target target = new Janus(work.resolve("janus"), true)) {
          crowd("video", target, Math.min(listeners, 150));
        }
      }
    }
  }

  private Kakehashi kakehashi(int sessions, int channels) throws IOException {
    Path folder = Files.createTempDirectory(work, "kakehashi");
    return new Kakehashi(launcher, folder, Kakehashi.Plan.sound(sessions, channels));
  }

  @SuppressWarnings("unchecked")
  private void note(String part, Map<String, Object> json) {
    ((List<Object>) figures.computeIfAbsent(part, same -> new ArrayList<>())).add(json);
  }

  private void write() throws IOException {
    Files.createDirectories(out);
    figures.put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    figures.put("loadAverage", load());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(out.resolve("fanout.json").toFile(), figures);
  }

  private static void row(String what, String figure) {
    System.out.printf("  %-48s %s%n", what, figure);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void pass(int seconds) {
    try {
      Thread.sleep(seconds * 1_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int variable(String name, int otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
  }
}
