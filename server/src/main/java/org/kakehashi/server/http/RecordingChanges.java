package org.kakehashi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.replay.Cut;

/**
 * What a body asks to change of a recording. Unknown members are ignored.
 *
 * @param published null to leave it
 * @param trims whether {@code cut} is to be set
 * @param cut what is shown; null for all
 * @param titles by chapter; empty gives it its first name back
 */
record RecordingChanges(
    @Nullable Boolean published,
    boolean trims,
    @Nullable Cut cut,
    Map<String, Optional<LocalText>> titles) {
  private static final Pattern LANGUAGE =
      Pattern.compile("(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final int MAX_CHAPTERS = 500;
  private static final int MAX_LANGUAGES = 16;
  private static final int MAX_TITLE = 300;

  /**
   * Reads the body of a {@code PATCH}.
   *
   * @throws ProblemException if it is anything else
   */
  static RecordingChanges read(String body) {
    JsonNode object = Documents.readObject(body);
    JsonNode published = object.get("published");
    if (published != null && !published.isBoolean()) {
      throw invalid("\"published\" must be true or false.");
    }
    JsonNode trim = object.get("trim");
    RecordingChanges changes =
        new RecordingChanges(
            published == null ? null : (Boolean) published.booleanValue(),
            trim != null,
            trim == null || trim.isNull() ? null : cut(trim),
            titles(object.get("chapters")));
    if (changes.published == null && !changes.trims && changes.titles.isEmpty()) {
      throw invalid("Give \"published\", \"trim\" or \"chapters\".");
    }
    return changes;
  }

  /**
   * Reads {@code {"atMs":1000}}.
   *
   * @throws ProblemException if it is anything else
   */
  static long moment(String body) {
    return ms(Documents.readObject(body), "atMs");
  }

  private static Cut cut(JsonNode trim) {
    if (!trim.isObject()) {
      throw invalid("\"trim\" must be {\"startMs\":…,\"endMs\":…} or null.");
    }
    long start = ms(trim, "startMs");
    long end = ms(trim, "endMs");
    if (end <= start) {
      throw invalid("\"trim\" must end after it begins.");
    }
    return new Cut(start, end);
  }

  private static long ms(JsonNode object, String name) {
    JsonNode value = object.get(name);
    boolean usable =
        value != null
            && value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= 0
            && value.longValue() < 1L << 40;
    if (!usable) {
      throw invalid("\"" + name + "\" must be a whole number of milliseconds, 0 or more.");
    }
    return value.longValue();
  }

  private static Map<String, Optional<LocalText>> titles(@Nullable JsonNode chapters) {
    Map<String, Optional<LocalText>> titles = new LinkedHashMap<>();
    if (chapters == null) {
      return titles;
    }
    if (!chapters.isArray() || chapters.size() > MAX_CHAPTERS) {
      throw invalid("\"chapters\" must be a list of at most " + MAX_CHAPTERS + ".");
    }
    for (JsonNode chapter : chapters) {
      JsonNode id = chapter.get("id");
      JsonNode title = chapter.get("title");
      if (id == null || !id.isTextual() || title == null) {
        throw invalid("Each of \"chapters\" needs \"id\" and \"title\".");
      }
      titles.put(id.textValue(), title.isNull() ? Optional.empty() : Optional.of(localText(title)));
    }
    return titles;
  }

  private static LocalText localText(JsonNode title) {
    if (!title.isObject() || title.isEmpty() || title.size() > MAX_LANGUAGES) {
      throw invalid("A \"title\" is a text by language, {\"fr\":\"…\"}, or null.");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    title
        .properties()
        .forEach(
            entry -> {
              String text = entry.getValue().isTextual() ? entry.getValue().textValue() : "";
              if (!LANGUAGE.matcher(entry.getKey()).matches()
                  || text.isBlank()
                  || text.length() > MAX_TITLE) {
                throw invalid(
                    "A \"title\" has language tags, and texts of 1 to %d characters."
                        .formatted(MAX_TITLE));
              }
              texts.put(entry.getKey(), text.strip());
            });
    return new LocalText(texts);
  }

  private static ProblemException invalid(String detail) {
    return ProblemType.INVALID.because(detail).asException();
  }
}
