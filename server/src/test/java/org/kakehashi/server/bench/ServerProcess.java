package org.kakehashi.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as operators start it, in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern READY = Pattern.compile("HTTP port (\\d+), media port (\\d+)");
  private static final Pattern COMPLAINT = Pattern.compile("\\b(ERROR|WARN|LEAK|Exception)\\b");

  private final Process process;
  private final Path log;
  private int httpPort;
  private int mediaPort;

  /** Starts {@code bin/kakehashi serve}; returns when it is ready. */
  public ServerProcess(Path launcher, Venue venue) throws IOException {
    log = venue.folder().resolve("server.log");
    process =
        new ProcessBuilder(
                launcher.toString(), "serve", "--config", venue.configuration().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitReady();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher ready = READY.matcher(log());
      if (ready.find()) {
        httpPort = Integer.parseInt(ready.group(1));
        mediaPort = Integer.parseInt(ready.group(2));
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
    process.destroy();
    throw new IllegalStateException("The server did not become ready:\n" + log());
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  int mediaPort() {
    return mediaPort;
  }

  /** Processor time used so far, by all threads. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  long pid() {
    return process.pid();
  }

  /** Lines of the log that a run without trouble does not write. */
  public List<String> complaints() {
    return log().lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
