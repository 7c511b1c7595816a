package org.kakehashi.server.programme;

import java.util.List;
import java.util.Optional;

/** All that is planned on this node: every event's sessions, in the file's order. Immutable. */
public record Programme(List<SessionPlan> sessions) {
  public Programme {
    sessions = List.copyOf(sessions);
  }

  /** The session with this id. */
  public Optional<SessionPlan> session(String id) {
    return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
  }

  /** The events, each once. */
  public List<Event> events() {
    return sessions.stream().map(SessionPlan::event).distinct().toList();
  }
}
