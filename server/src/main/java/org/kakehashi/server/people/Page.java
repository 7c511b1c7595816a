package org.kakehashi.server.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** A page of a session; its name is the first segment of its path. */
public enum Page {
  /** Watch and listen: everybody. */
  ATTEND,
  /** The interpreter's console. */
  BOOTH,
  /** The speaker's page. */
  STAGE,
  /** From where the session is run. */
  DESK;

  /** The name in links and in {@code hello}: lower case. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The page with this {@link #id()}; empty for any other text. */
  public static Optional<Page> of(String id) {
    for (Page page : values()) {
      if (page.id().equals(id)) {
        return Optional.of(page);
      }
    }
    return Optional.empty();
  }

  /** Whether {@code role} may open this page. */
  public boolean admits(Role role) {
    return switch (this) {
      case ATTEND -> true;
      case BOOTH -> role == Role.INTERPRETER;
      case STAGE -> role == Role.SPEAKER || role == Role.CHAIR;
      case DESK -> role.runsSessions();
    };
  }
}
