package org.kakehashi.server.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Role;

/**
 * The open sockets of a session, and what is sent to them: snapshots of what is, when it changes.
 * Thread: the session's.
 */
final class Sockets implements Notices {
  /** What the keys of hearings on the board begin with. */
  static final String HEARING = "hearing:";

  /** What the keys of what is seen on the board begin with. */
  static final String SEEING = "seeing:";

  /**
   * Below this many everybody is told at once of each who comes; above, ten times a second of those
   * who came, and of their number once a second.
   */
  private static final int FEW = 50;

  private final List<Socket> sockets = new ArrayList<>();
  private final Board board = new Board();
  private final LongSupplier nanoTime;
  private Map<String, Integer> counts = Map.of();
  private long countedAt = Long.MIN_VALUE;

  Sockets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  List<Socket> all() {
    return Collections.unmodifiableList(sockets);
  }

  void add(Socket socket) {
    sockets.add(socket);
  }

  void remove(Socket socket) {
    sockets.remove(socket);
  }

  /** A message as JSON. Thread: any. */
  String json(Message message) {
    return board.json(message);
  }

  @Override
  public void tell(String person, Notice notice, @Nullable String by) {
    String json = board.json(new Message.Told(notice.code(), by));
    for (Socket socket : sockets) {
      if (socket.person().id().equals(person)) {
        socket.outbox().send(json);
      }
    }
  }

  /** Sends the same to everybody. */
  void sendAll(Message message) {
    String json = board.json(message);
    sockets.forEach(socket -> socket.outbox().send(json));
  }

  /** Closes every socket. */
  void closeAll(int code, String reason) {
    List.copyOf(sockets).forEach(socket -> socket.outbox().close(code, reason));
    sockets.clear();
  }

  /** Whether so many are here that telling all of them of each would be most of the work. */
  boolean isCrowd(Room room) {
    return sockets.size() >= FEW || room.audience().size() >= FEW;
  }

  /** Sends every socket what is new for it. */
  void flush(
      Room room,
      Snapshots snapshots,
      RecordingStatus recording,
      Message.Node node,
      List<Message.PlayableFile> files) {
    if (sockets.isEmpty()) {
      return;
    }
    board.pin("node", node);
    board.pin("recording", new Message.RecordingSign(recording.state()));
    board.pin("recording.desk", new Message.Recording(recording));
    Map<String, List<String>> hearings = pin(room, snapshots, files);
    long now = nanoTime.getAsLong();
    for (Socket socket : sockets) {
      socket.outbox().flush(board, socket.keys(room, hearings), now);
    }
  }

  /** Sends the levels. */
  void levels(Room room) {
    if (sockets.isEmpty()) {
      return;
    }
    Levels levels = Levels.of(room, counts(room));
    String all = board.json(levels.all());
    Map<List<List<String>>, String> written = new HashMap<>();
    Map<String, List<String>> heard = new HashMap<>();
    for (Hearer hearer : room.audience().all()) {
      heard.computeIfAbsent(hearer.person(), p -> new ArrayList<>()).add(hearer.hears());
    }
    for (Socket socket : sockets) {
      if (socket.seesAllLevels()) {
        socket.outbox().levels(all);
        continue;
      }
      String person = socket.person().id();
      List<String> own = room.stage().of(person).stream().map(StageSource::id).toList();
      List<String> channels = heard.getOrDefault(person, List.of());
      socket
          .outbox()
          .levels(
              written.computeIfAbsent(
                  List.of(channels, own), key -> board.json(levels.of(channels, own))));
    }
  }

  /** How many hear each channel; while many listen, as it was up to a second ago. */
  Map<String, Integer> counts(Room room) {
    long now = nanoTime.getAsLong();
    if (countedAt == Long.MIN_VALUE
        || room.audience().size() < FEW
        || now - countedAt >= 1_000_000_000L) {
      counts = room.audience().counts(room.routes().table());
      countedAt = now;
    }
    return counts;
  }

  /** Puts everything on the board; returns the connections by which each person hears. */
  private Map<String, List<String>> pin(
      Room room, Snapshots snapshots, List<Message.PlayableFile> files) {
    Map<String, Integer> listeners = counts(room);
    Message.Routing routing = snapshots.routing(listeners);
    board.pin("routing", routing, Snapshots.essence(routing));
    board.pin("stage", snapshots.stage(listeners));
    Message.Booths booths = snapshots.booths(listeners);
    booths.booths().forEach(booth -> board.pin("booth:" + booth.booth(), booth));
    if (sockets.stream().anyMatch(socket -> socket.page() == Page.DESK)) {
      board.pin("booths", booths);
      board.pin("people", people(room));
      board.pin("files", new Message.Files(files));
    }
    Map<String, List<String>> byPerson = new HashMap<>();
    Set<String> keys = new HashSet<>();
    for (Hearer hearer : room.audience().all()) {
      Message.Hearing hearing = hearer.hearing();
      if (hearing != null) {
        String connection = hearer.connection().id();
        board.pin(HEARING + connection, hearing);
        keys.add(HEARING + connection);
        byPerson.computeIfAbsent(hearer.person(), p -> new ArrayList<>()).add(connection);
      }
      Message.Seeing seeing = hearer.seeing();
      if (seeing != null) {
        board.pin(SEEING + seeing.connection(), seeing);
        keys.add(SEEING + seeing.connection());
      }
    }
    board.keepOnly(HEARING, keys);
    board.keepOnly(SEEING, keys);
    return byPerson;
  }

  private Message.People people(Room room) {
    Map<String, Integer> counts = new TreeMap<>();
    Presence presence = new Presence(room, sockets);
    for (Role role : presence.roles()) {
      counts.merge(role.id(), 1, Integer::sum);
    }
    return new Message.People(presence.first(500), counts);
  }
}
