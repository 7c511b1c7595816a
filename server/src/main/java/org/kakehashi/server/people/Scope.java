package org.kakehashi.server.people;

/** Where a person's role holds. */
public sealed interface Scope {

  /** In one session only. */
  record OneSession(String session) implements Scope {}

  /** In every session of one event. */
  record WholeEvent(String event) implements Scope {}

  /**
   * Whether the role holds in {@code session}, which belongs to {@code event}.
   *
   * @param event the event's id
   * @param session the session's id
   */
  default boolean covers(String event, String session) {
    return switch (this) {
      case OneSession one -> one.session.equals(session);
      case WholeEvent whole -> whole.event.equals(event);
    };
  }
}
