package org.kakehashi.server.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;

/** Who is here now: by a socket, by a connection, or by a place kept for them. */
final class Presence {
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, Integer> connections = new LinkedHashMap<>();
  private final Room room;

  /** As of now. Thread: the session's. */
  Presence(Room room, List<Socket> sockets) {
    this.room = room;
    room.stage().sources().stream()
        .filter(source -> source.kind() != StageSource.Kind.FILE)
        .forEach(source -> people.put(source.person().id(), source.person()));
    room.booths().all().stream()
        .flatMap(booth -> booth.seats().stream())
        .forEach(seat -> people.put(seat.person().id(), seat.person()));
    sockets.forEach(socket -> people.putIfAbsent(socket.person().id(), socket.person()));
    for (MediaConnection connection : room.connections().values()) {
      people.putIfAbsent(connection.owner().id(), connection.owner());
      connections.merge(connection.owner().id(), 1, Integer::sum);
    }
  }

  /** Whether there are less than {@code limit} even if nobody is here by more than one thing. */
  static boolean isSurelyBelow(int limit, Room room, List<Socket> sockets) {
    long most =
        (long) room.stage().sources().size()
            + room.booths().all().stream().mapToInt(booth -> booth.seats().size()).sum()
            + sockets.size()
            + room.connections().size();
    return most < limit;
  }

  boolean has(String person) {
    return people.containsKey(person);
  }

  int count() {
    return people.size();
  }

  Collection<Role> roles() {
    return people.values().stream().map(Person::role).toList();
  }

  /** The first {@code most} of them, those who work before those who listen. */
  List<Message.Present> first(int most) {
    Map<String, String> listening = new LinkedHashMap<>();
    room.audience().all().forEach(hearer -> listening.put(hearer.person(), hearer.hears()));
    return people.values().stream()
        .sorted(Comparator.comparing(person -> person.role().onlyListens()))
        .limit(most)
        .map(person -> present(person, listening.get(person.id())))
        .toList();
  }

  private Message.Present present(Person person, @Nullable String listening) {
    boolean lost =
        room.stage().of(person.id()).stream().anyMatch(StageSource::isLost)
            || room.booths().seat(person.id()).filter(Seat::isLost).isPresent();
    return new Message.Present(
        person.id(),
        room.limits().shown(person.name()),
        person.role(),
        connections.getOrDefault(person.id(), 0),
        listening,
        lost ? "lost" : "connected");
  }
}
