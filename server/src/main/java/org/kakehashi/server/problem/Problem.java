package org.kakehashi.server.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One occurrence of a problem, as a client reads it (RFC 9457, section 3).
 *
 * @param type the kind
 * @param detail one English sentence for a person: what happened here and how to mend it. Carries
 *     no secrets and no markup
 */
public record Problem(ProblemType type, String detail) {

  /** The problem document: {@code type}, {@code title}, {@code status}, {@code detail}. */
  @JsonValue
  public Map<String, Object> document() {
    Map<String, Object> document = LinkedHashMap.newLinkedHashMap(4);
    document.put("type", type.uri());
    document.put("title", type.title());
    document.put("status", type.status());
    document.put("detail", detail);
    return document;
  }

  /** To be thrown: {@code throw INTERLOCK.because("…").asException()}. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
