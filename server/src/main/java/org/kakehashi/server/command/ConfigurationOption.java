package org.kakehashi.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.config.Configuration;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** {@code --config}, which every command has. */
final class ConfigurationOption {
  private static final String FILE = "kakehashi.yaml";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration. Default: kakehashi.yaml here, else the installed one.")
  private @Nullable Path file;

  /**
   * Reads it, and sets the log's level by it.
   *
   * @throws org.kakehashi.server.config.ConfigurationException if it cannot be used
   */
  Configuration read() {
    return read(Map.of());
  }

  /**
   * The same, where a command has its own idea of some variables.
   *
   * @param unlessSet what they are if the environment does not say
   */
  Configuration read(Map<String, String> unlessSet) {
    Map<String, String> environment = new HashMap<>(unlessSet);
    environment.putAll(System.getenv());
    Configuration configuration = Configuration.read(file == null ? usual() : file, environment);
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    if (loggers instanceof LoggerContext logback) {
      logback
          .getLogger("org.kakehashi")
          .setLevel(Level.valueOf(configuration.log().level().name()));
    }
    return configuration;
  }

  /** The file in the current folder, else the one beside {@code bin/}. */
  private static Path usual() {
    Path here = Path.of(FILE);
    String home = System.getProperty("kakehashi.home");
    return home == null || Files.exists(here) ? here : Path.of(home, FILE);
  }
}
