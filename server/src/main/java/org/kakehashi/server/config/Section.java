package org.kakehashi.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One block of the file while it is read. A key that is missing gives its default; a key with a
 * mistake is reported with its line and gives its default too, so that all mistakes are found in
 * one reading. Thread: the caller's.
 */
final class Section {
  private static final int MAX_LIST = 1000;

  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Overrides overrides;
  private final List<String> mistakes;
  private final Set<String> asked = new TreeSet<>();
  private final List<Section> children = new ArrayList<>();

  Section(String path, @Nullable Node node, Overrides overrides, List<String> mistakes) {
    this.path = path;
    this.overrides = overrides;
    this.mistakes = mistakes;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          mistake(entry.getKeyNode(), "a key must be a word.");
        } else if (keys.putIfAbsent(key.getValue(), key) == null) {
          values.put(key.getValue(), entry.getValueNode());
        } else {
          mistake(key, "\"" + key.getValue() + "\" is there twice: keep one.");
        }
      }
    } else if (node != null && !isEmpty(node)) {
      mistake(node, "\"" + path + "\" must be a block of keys, each indented on its own line.");
    }
  }

  /** The block under {@code key}; an empty one if it is missing. */
  Section section(String key) {
    asked.add(key);
    Section child = new Section(pathOf(key), values.get(key), overrides, mistakes);
    children.add(child);
    return child;
  }

  /** Any text; leading and trailing space does not count. */
  String text(String key, String fallback) {
    return scalar(key, fallback, text -> text);
  }

  int integer(String key, int fallback, int min, int max) {
    return scalar(key, fallback, Notation.integer(min, max));
  }

  boolean flag(String key, boolean fallback) {
    return scalar(key, fallback, Notation.flag());
  }

  Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return scalar(key, fallback, Notation.duration(min, max));
  }

  int bytes(String key, int fallback, int min, int max) {
    return (int) longBytes(key, fallback, min, max);
  }

  long longBytes(String key, long fallback, long min, long max) {
    return scalar(key, fallback, Notation.bytes(min, max));
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    return scalar(key, fallback, Notation.choice(fallback.getDeclaringClass()));
  }

  /**
   * A value in a notation of its own.
   *
   * @param read throws {@link IllegalArgumentException} with the rest of the sentence "key …"
   */
  <T> T scalar(String key, T fallback, Function<String, T> read) {
    asked.add(key);
    Overrides.Override override = overrides.of(pathOf(key));
    if (override != null) {
      return value(placeOf(override, key), override.value(), read).orElse(fallback);
    }
    Node node = values.get(key);
    if (node == null || isEmpty(node)) {
      return fallback;
    }
    if (node instanceof ScalarNode scalar) {
      return value(placeOf(node, key), scalar.getValue(), read).orElse(fallback);
    }
    mistakes.add(placeOf(node, key) + " must be one value, not a list or a block.");
    return fallback;
  }

  /** A list, each element in a notation of its own; one value counts as a list of one. */
  <T> List<T> list(String key, List<T> fallback, Function<String, T> read) {
    asked.add(key);
    Overrides.Override override = overrides.of(pathOf(key));
    if (override != null) {
      return Arrays.stream(override.value().split(",", MAX_LIST))
          .flatMap(text -> value(placeOf(override, key), text, read).stream())
          .toList();
    }
    Node node = values.get(key);
    if (node == null || isEmpty(node)) {
      return fallback;
    }
    List<Node> elements = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    if (elements.size() > MAX_LIST) {
      mistakes.add(placeOf(node, key) + " has more than " + MAX_LIST + " entries.");
      return fallback;
    }
    List<T> result = new ArrayList<>();
    for (Node element : elements) {
      if (element instanceof ScalarNode scalar) {
        value(placeOf(element, key), scalar.getValue(), read).ifPresent(result::add);
      } else {
        mistakes.add(placeOf(element, key) + " must be a list of plain values.");
      }
    }
    return List.copyOf(result);
  }

  private <T> Optional<T> value(String place, String text, Function<String, T> read) {
    try {
      return Optional.of(read.apply(text.strip()));
    } catch (IllegalArgumentException e) {
      mistakes.add(place + " " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reports every key nobody asked for, in this block and in those below. */
  void refuseUnknown() {
    for (Map.Entry<String, Node> entry : keys.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        mistake(
            entry.getValue(),
            "there is no \"%s\"%s. %s"
                .formatted(
                    entry.getKey(),
                    path.isEmpty() ? "" : " in \"" + path + "\"",
                    Suggestion.among(asked, entry.getKey())));
      }
    }
    children.forEach(Section::refuseUnknown);
  }

  /** Every key that was asked for, here and below, as a dotted path; for the manual's test. */
  Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    Set<String> blocks = new TreeSet<>();
    for (Section child : children) {
      paths.addAll(child.paths());
      blocks.add(child.path);
    }
    asked.stream().map(this::pathOf).filter(key -> !blocks.contains(key)).forEach(paths::add);
    return paths;
  }

  /** Every key that the file has, here and below, as a dotted path; for the manual's test. */
  Set<String> present() {
    Set<String> paths = new TreeSet<>();
    Set<String> blocks = new TreeSet<>();
    for (Section child : children) {
      paths.addAll(child.present());
      blocks.add(child.path);
    }
    keys.keySet().stream()
        .map(this::pathOf)
        .filter(key -> !blocks.contains(key))
        .forEach(paths::add);
    return paths;
  }

  /** Reports a mistake of the value of {@code key} as a whole. */
  void mistake(String key, String message) {
    Node node = values.get(key);
    mistakes.add((node == null ? pathOf(key) : placeOf(node, key)) + " " + message);
  }

  private void mistake(Node node, String message) {
    mistakes.add(lineOf(node) + message);
  }

  private String placeOf(Node node, String key) {
    return lineOf(node) + pathOf(key);
  }

  private String placeOf(Overrides.Override override, String key) {
    return "%s (%s)".formatted(override.variable(), pathOf(key));
  }

  private static String lineOf(Node node) {
    return "line " + (node.getStartMark().getLine() + 1) + ": ";
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isEmpty(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
