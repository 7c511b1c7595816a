package org.kakehashi.server.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts what is measured, on the server's processor, and says how long and how much. */
final class Stage {
  /** The first port of the crowds. */
  static final int PORT = 18_100;

  private static final int REST_SECONDS = 50;
  private static final int LOOK_SECONDS = 10;
  private static final int STILL_KIB = 2_048;

  private final Path launcher;
  private final Path work;
  private final boolean janus;

  Stage(Path launcher) throws IOException {
    this.launcher = launcher.toAbsolutePath();
    this.work = Files.createTempDirectory("kakehashi-fanout");
    this.janus = !"no".equals(System.getenv("FANOUT_JANUS"));
  }

  boolean hasJanus() {
    return janus;
  }

  Kakehashi kakehashi(Kakehashi.Plan plan) {
    try {
      return new Kakehashi(launcher, Files.createTempDirectory(work, "kakehashi"), plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Target janus(boolean video) {
    try {
      return new Janus(work.resolve("janus"), video);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bare loop to so many addresses; without pause if {@code full}. */
  PinnedProcess bareLoop(int listeners, boolean full) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BareLoop.class.getName(),
                Integer.toString(listeners),
                Integer.toString(PORT),
                Integer.toString(seconds())));
    if (full) {
      arguments.add("full");
    }
    return java(arguments, "bare.log");
  }

  PinnedProcess bareHandshake() {
    return java(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseZGC",
            "-cp",
            System.getProperty("java.class.path"),
            BareHandshake.class.getName(),
            Integer.toString(seconds())),
        "handshake.log");
  }

  private PinnedProcess java(List<String> arguments, String log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new PinnedProcess(command, Map.of(), work.resolve(log));
  }

  /** How long each figure is counted. */
  static int seconds() {
    return variable("FANOUT_SECONDS", 10);
  }

  /** Waits until a server does what it does as it will go on to. */
  static void warmUp(Target target) {
    pass(target.warmUpSeconds());
  }

  /**
   * Returns a server's resident memory in KiB, once it has given back what it took for a moment: a
   * heap that grew for a rush shrinks some half a minute after it.
   */
  static long memoryAtRest(Target target) {
    pass(REST_SECONDS);
    long before;
    long now = target.process().residentKib();
    do {
      before = now;
      pass(LOOK_SECONDS);
      now = target.process().residentKib();
    } while (now < before - STILL_KIB);
    return now;
  }

  static void pass(int seconds) {
    try {
      Thread.sleep(seconds * 1_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int variable(String name, int otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
  }
}
