package org.kakehashi.server.programme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One mapping of a YAML file, whose keys are checked as they are read. Thread: the caller's. */
final class Mapping {
  private static final int MAX_TEXT = 300;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern LANGUAGE =
      Pattern.compile("(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  private final String path;
  private final JsonNode node;

  Mapping(String path, JsonNode node) {
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new ProgrammeException(path, "must be a mapping of keys to values");
    }
  }

  /** Refuses keys that nobody reads: they are misspelt. */
  void allow(String... keys) {
    List<String> known = Arrays.asList(keys);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw fault(name, "is not a key here; known are " + String.join(", ", known));
              }
            });
  }

  String text(String key) {
    String text = optionalText(key);
    if (text == null) {
      throw fault(key, "is missing");
    }
    return text;
  }

  @Nullable String optionalText(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode()) {
      throw fault(key, "must be a text");
    }
    return checkText(key, value.asText());
  }

  /** An identifier that is safe in a URL. */
  String id(String key) {
    String id = text(key);
    if (!ID.matcher(id).matches()) {
      throw fault(
          key, "must have 1 to 64 letters, digits, - or _, and begin with one of the first");
    }
    return id;
  }

  String language(String key) {
    return checkLanguage(key, text(key));
  }

  @Nullable String optionalLanguage(String key) {
    String tag = optionalText(key);
    return tag == null ? null : checkLanguage(key, tag);
  }

  boolean flag(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw fault(key, "must be true or false");
    }
    return value.booleanValue();
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, E otherwise) {
    String word = optionalText(key);
    if (word == null) {
      return otherwise;
    }
    List<String> words = new ArrayList<>();
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(word)) {
        return constant;
      }
      words.add(name);
    }
    throw fault(key, "must be " + String.join(" or ", words));
  }

  /** Different languages, at least {@code least}. */
  List<String> languages(String key, int least, int most) {
    List<String> tags = new ArrayList<>();
    for (String tag : texts(key, least, most)) {
      if (tags.contains(tag)) {
        throw fault(key, "names " + tag + " twice");
      }
      tags.add(checkLanguage(key, tag));
    }
    return tags;
  }

  /** A list of texts; empty if it is not there and may be. */
  List<String> texts(String key, int least, int most) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(key, least, most)) {
      if (!element.isValueNode() || element.isNull()) {
        throw fault(key, "must be a list of texts");
      }
      texts.add(checkText(key, element.asText()));
    }
    return texts;
  }

  /** A text in several languages. */
  LocalText localText(String key) {
    JsonNode value = value(key);
    if (value == null) {
      throw fault(key, "is missing");
    }
    Mapping texts = new Mapping(at(key), value);
    Map<String, String> byLanguage = new LinkedHashMap<>();
    for (String language : (Iterable<String>) value::fieldNames) {
      texts.checkLanguage(language, language);
      byLanguage.put(language, texts.text(language));
    }
    if (byLanguage.isEmpty() || byLanguage.size() > 16) {
      throw fault(key, "must hold the text in 1 to 16 languages, such as {fr: …, ja: …}");
    }
    return new LocalText(byLanguage);
  }

  /** A list of mappings. */
  List<Mapping> mappings(String key, int least, int most) {
    List<Mapping> mappings = new ArrayList<>();
    for (JsonNode element : elements(key, least, most)) {
      mappings.add(new Mapping(at(key) + "[" + mappings.size() + "]", element));
    }
    return mappings;
  }

  ProgrammeException fault(String key, String what) {
    return new ProgrammeException(at(key), what);
  }

  private List<JsonNode> elements(String key, int least, int most) {
    JsonNode value = value(key);
    List<JsonNode> elements = new ArrayList<>();
    if (value != null) {
      if (!value.isArray()) {
        throw fault(key, "must be a list");
      }
      value.forEach(elements::add);
    }
    if (elements.size() < least || elements.size() > most) {
      throw fault(key, "must have " + least + " to " + most + " entries, not " + elements.size());
    }
    return elements;
  }

  private String checkText(String key, String text) {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw fault(key, "must have 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private String checkLanguage(String key, String tag) {
    if (!LANGUAGE.matcher(tag).matches()) {
      throw fault(key, "must be a language tag such as fr, ja or pt-BR");
    }
    return tag;
  }

  private @Nullable JsonNode value(String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
