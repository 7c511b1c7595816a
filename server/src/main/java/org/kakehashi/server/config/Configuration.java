package org.kakehashi.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Everything an operator can decide. {@code kakehashi.yaml} as it is shipped has every key with its
 * default and the reason for it.
 *
 * @param data the folder for what the server keeps: keys, journals, recordings
 */
public record Configuration(
    Path data,
    HttpSettings http,
    TlsSettings tls,
    MediaSettings media,
    SessionSettings sessions,
    RecordingsSettings recordings,
    PeopleSettings people,
    LogSettings log) {

  private static final int MAX_CHARS = 1 << 20;
  private static final String DATA = "KAKEHASHI_DATA";

  /**
   * Reads the file.
   *
   * @param file relative paths in it are relative to its folder
   * @param environment the process's variables, which go before the file
   * @throws ConfigurationException if it cannot be read, or anything in it is wrong
   */
  public static Configuration read(Path file, Map<String, String> environment) {
    try {
      return parse(Files.readString(file), file.toAbsolutePath().resolveSibling(""), environment);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(List.of(file + " is not UTF-8 text. Save it as UTF-8."));
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(
              file + " cannot be read (" + e + "). Give the configuration's path with --config."));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          e.mistakes().stream().map(mistake -> file.getFileName() + ": " + mistake).toList());
    }
  }

  /**
   * The defaults, as if the file were empty.
   *
   * @param folder relative paths are relative to it
   */
  public static Configuration defaults(Path folder, Map<String, String> environment) {
    return parse("", folder, environment);
  }

  /**
   * Reads a file's text.
   *
   * @throws ConfigurationException if anything in it is wrong
   */
  static Configuration parse(String yaml, Path folder, Map<String, String> environment) {
    List<String> mistakes = new ArrayList<>();
    Section root = root(yaml, environment, mistakes);
    Configuration configuration = read(root, folder, environment);
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return configuration;
  }

  /** The same with other settings for recordings. */
  public Configuration with(RecordingsSettings other) {
    return new Configuration(data, http, tls, media, sessions, other, people, log);
  }

  /** Every key there is, and every key that {@code yaml} has; for the manual's test. */
  static Map<String, Set<String>> keys(String yaml) {
    Section root = root(yaml, Map.of(), new ArrayList<>());
    read(root, Path.of(""), Map.of());
    return Map.of("known", root.paths(), "present", root.present());
  }

  private static Configuration read(Section root, Path folder, Map<String, String> environment) {
    // A path in the environment is relative to where the command is run, as people expect.
    String elsewhere = environment.getOrDefault(DATA, "");
    Path data = path(root, "data", root.text("data", "data"), folder);
    try {
      Configuration configuration =
          new Configuration(
              elsewhere.isBlank() ? data : Path.of(elsewhere).toAbsolutePath(),
              HttpSettings.read(root.section("http")),
              TlsSettings.read(root.section("tls"), folder),
              MediaSettings.read(root.section("media")),
              SessionSettings.read(root.section("sessions"), folder),
              RecordingsSettings.read(root.section("recordings")),
              PeopleSettings.read(root.section("people")),
              LogSettings.read(root.section("log")));
      root.refuseUnknown();
      return configuration;
    } catch (InvalidPathException e) {
      throw new ConfigurationException(List.of("\"" + e.getInput() + "\" is not a file's name."));
    }
  }

  private static Path path(Section in, String key, String text, Path folder) {
    if (text.isEmpty()) {
      in.mistake(key, "must name a folder.");
    }
    return folder.resolve(text);
  }

  private static Section root(String yaml, Map<String, String> environment, List<String> mistakes) {
    Overrides overrides = Overrides.from(environment);
    return new Section("", compose(yaml, mistakes), overrides, mistakes);
  }

  private static @Nullable Node compose(String yaml, List<String> mistakes) {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(MAX_CHARS);
    bounds.setMaxAliasesForCollections(10);
    bounds.setNestingDepthLimit(10);
    try {
      return new Yaml(bounds).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      mistakes.add(
          "line %d: this is not YAML: %s. Check the indentation and the colons."
              .formatted(line, e.getProblem()));
    } catch (YAMLException e) {
      mistakes.add("this is not YAML: " + e.getMessage());
    }
    return null;
  }
}
