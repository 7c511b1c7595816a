package org.kakehashi.server.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process on the one processor that is the server's; its time and memory as the kernel says. */
final class PinnedProcess implements AutoCloseable {
  /** The server's processor; run.sh keeps the load generator on another. */
  private static final String PROCESSOR = "0";

  /** As much later than the generator, which run.sh lets go before everybody, as is usual. */
  private static final String BEHIND_GENERATOR = "15";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final Path log;
  private final Thread stop = new Thread(this::kill, "stop");

  PinnedProcess(List<String> command, Map<String, String> environment, Path log) {
    this.log = log;
    List<String> pinned =
        new ArrayList<>(List.of("taskset", "-c", PROCESSOR, "nice", "-n", BEHIND_GENERATOR));
    pinned.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(pinned).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      Runtime.getRuntime().addShutdownHook(stop); // If this ends before it is closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the log has this. */
  Matcher await(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher found = wanted.matcher(log());
      if (found.find()) {
        return found;
      }
      LockSupport.parkNanos(50_000_000);
    }
    String said = log();
    close();
    throw new IllegalStateException("Did not say \"" + pattern + "\":\n" + said);
  }

  /** Processor time used so far in microseconds, of all threads, the kernel's part included. */
  double micros() {
    String[] stat = read("stat").replaceFirst("^.*\\) ", "").split(" ");
    long ticks = Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    return ticks * 1e6 / TICKS_PER_SECOND;
  }

  /** Resident memory in KiB. */
  long residentKib() {
    try (Stream<String> lines = read("status").lines()) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  long pid() {
    return process.pid();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean await(long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroy();
    if (!await(15)) {
      process.destroyForcibly();
    }
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException shuttingDown) {
      // Then it has run, or does.
    }
  }
}
