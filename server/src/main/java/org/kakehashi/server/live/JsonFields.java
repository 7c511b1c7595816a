package org.kakehashi.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/** The fields of one JSON object, each checked as it is read. Thread: the caller's. */
final class JsonFields {
  private static final int MAX_ID = 128;
  private static final int MAX_LANGUAGE = 35; // RFC 5646 section 4.4.1
  private static final int MAX_LANGUAGES = 16;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.~-]+");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  private final JsonNode object;

  JsonFields(JsonNode object) {
    this.object = object;
  }

  /** A string that must be there, of at most {@code max} characters. */
  String text(String name, int max) {
    String text = optionalText(name, max);
    if (text == null) {
      throw invalid(name, "is missing");
    }
    return text;
  }

  /** A string that may be missing or null. */
  @Nullable String optionalText(String name, int max) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw invalid(name, "must be a string");
    }
    String text = value.textValue();
    if (text.isEmpty() || text.length() > max) {
      throw invalid(name, "must have 1 to " + max + " characters");
    }
    return text;
  }

  /** An identifier this server once gave out. */
  String id(String name) {
    return checkId(name, text(name, MAX_ID));
  }

  /** An identifier that may be missing or null. */
  @Nullable String optionalId(String name) {
    String id = optionalText(name, MAX_ID);
    return id == null ? null : checkId(name, id);
  }

  /** An identifier or an explicit null, so that a misspelt field releases nothing. */
  @Nullable String nullableId(String name) {
    requirePresent(name);
    return optionalId(name);
  }

  /** A BCP 47 tag that may be missing or null. */
  @Nullable String optionalLanguage(String name) {
    String tag = optionalText(name, MAX_LANGUAGE);
    return tag == null ? null : checkLanguage(name, tag);
  }

  /** A BCP 47 tag or an explicit null. */
  @Nullable String nullableLanguage(String name) {
    requirePresent(name);
    return optionalLanguage(name);
  }

  /** A word that is a channel or a choice of one: it looks like a language tag. */
  String channel(String name) {
    return checkLanguage(name, text(name, MAX_LANGUAGE));
  }

  /** A list of 1 to 16 BCP 47 tags. */
  List<String> languages(String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isArray() || value.isEmpty() || value.size() > MAX_LANGUAGES) {
      throw invalid(name, "must be a list of 1 to " + MAX_LANGUAGES + " languages");
    }
    List<String> tags = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      if (!element.isTextual() || element.textValue().length() > MAX_LANGUAGE) {
        throw invalid(name, "must hold language tags");
      }
      tags.add(checkLanguage(name, element.textValue()));
    }
    return tags;
  }

  private void requirePresent(String name) {
    if (!object.has(name)) {
      throw invalid(name, "is missing (null is a value here)");
    }
  }

  private static String checkId(String name, String id) {
    if (!ID.matcher(id).matches()) {
      throw invalid(name, "has characters that no identifier here has");
    }
    return id;
  }

  static String checkLanguage(String name, String tag) {
    if (!LANGUAGE.matcher(tag).matches()) {
      throw invalid(name, "must be a channel or a language tag such as fr");
    }
    return tag;
  }

  private static ProblemException invalid(String name, String what) {
    return ProblemType.INVALID.because("\"" + name + "\" " + what + ".").asException();
  }
}
