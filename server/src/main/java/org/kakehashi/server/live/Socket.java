package org.kakehashi.server.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;

/** One open socket: whose it is, what it may see, what it was sent. Thread: the session's. */
final class Socket {
  /** Beyond this many connections of one person they are strangers who share a link. */
  private static final int ONE_PERSON = 16;

  private final Person person;
  private final Page page;
  private final Outbox outbox;
  private final Set<String> named = new LinkedHashSet<>();

  Socket(Person person, Page page, Outbox outbox) {
    this.person = person;
    this.page = page;
    this.outbox = outbox;
  }

  Person person() {
    return person;
  }

  Page page() {
    return page;
  }

  Outbox outbox() {
    return outbox;
  }

  /** This socket's page speaks of a connection: it is its own, whoever else shares the link. */
  void names(Request request) {
    String connection =
        switch (request) {
          case Request.Listen listen -> listen.connection();
          case Request.Understand understand -> understand.connection();
          default -> "";
        };
    if (!connection.isEmpty() && named.size() < ONE_PERSON) {
      named.add(connection);
    }
  }

  /**
   * The board's keys this socket may see.
   *
   * @param hearings the connections by which each person hears
   */
  List<String> keys(Room room, Map<String, List<String>> hearings) {
    List<String> keys = new ArrayList<>(List.of("routing", "stage"));
    room.booths().seat(person.id()).ifPresent(seat -> keys.add("booth:" + seat.booth().id()));
    if (page == Page.DESK) {
      keys.addAll(List.of("booths", "people", "files", "recording.desk", "node"));
    } else {
      keys.add("recording");
    }
    List<String> own = hearings.getOrDefault(person.id(), List.of());
    for (String connection : own.size() <= ONE_PERSON ? own : List.copyOf(named)) {
      if (own.contains(connection)) {
        keys.add(Sockets.HEARING + connection);
        keys.add(Sockets.SEEING + connection);
      }
    }
    return keys;
  }

  /** Whether it is shown every level, or only those of its own voice and ears. */
  boolean seesAllLevels() {
    return page == Page.BOOTH || page == Page.DESK;
  }
}
