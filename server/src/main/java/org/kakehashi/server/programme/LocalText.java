package org.kakehashi.server.programme;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text in several languages.
 *
 * @param byLanguage by BCP 47 tag, in the author's order
 */
public record LocalText(@JsonValue Map<String, String> byLanguage) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LocalText {
    byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(byLanguage));
  }

  /** The text in {@code language}, else in the first language there is, else nothing. */
  public String in(String language) {
    String exact = byLanguage.get(language);
    return exact != null ? exact : byLanguage.values().stream().findFirst().orElse("");
  }
}
