package org.kakehashi.server.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a person does in a session. A token carries exactly one. */
public enum Role {
  /** Watches and listens. */
  ATTENDEE,
  /** Speaks into a language channel from a booth. */
  INTERPRETER,
  /** Is heard on the floor when on stage. */
  SPEAKER,
  /** Runs the session: who is on stage, when it ends. Speaks too. */
  CHAIR,
  /** Looks after sound and connections. */
  TECHNICIAN,
  /** Prepares the event and may do whatever chair and technician may. */
  ORGANISER,
  /** The hall's own equipment: it publishes the room's picture and sound. */
  HALL;

  /** The name in tokens, in the API and in pages: lower case. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this {@link #id()}; empty for any other text. */
  public static Optional<Role> of(String id) {
    for (Role role : values()) {
      if (role.id().equals(id)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Whether this role runs sessions: chair, technician or organiser. */
  public boolean runsSessions() {
    return this == CHAIR || this == TECHNICIAN || this == ORGANISER;
  }

  /**
   * Whether this role takes part by watching and listening alone. Where there is not room for
   * everybody, whoever has work to do is let in before these.
   */
  public boolean onlyListens() {
    return this == ATTENDEE;
  }

  /** Whether this role may be heard on the floor. */
  public boolean speaks() {
    return this == SPEAKER || this == CHAIR || this == HALL;
  }

  /** The page on which this role does its work. */
  public Page page() {
    return switch (this) {
      case ATTENDEE, HALL -> Page.ATTEND;
      case INTERPRETER -> Page.BOOTH;
      case SPEAKER -> Page.STAGE;
      case CHAIR, TECHNICIAN, ORGANISER -> Page.DESK;
    };
  }
}
