package org.kakehashi.server.live;

import java.util.List;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Who comes in by a page, whether there is room, and who has gone for good. Thread: the session's.
 */
final class Doors {
  private final Room room;
  private final Sockets sockets;
  private final Roll roll;

  Doors(Room room, Sockets sockets) {
    this.room = room;
    this.sockets = sockets;
    this.roll = new Roll(room.journal());
  }

  /**
   * Lets somebody in with a page.
   *
   * @throws ProblemException 403 or 503
   */
  Socket enter(Person who, Page page, SocketOut out) {
    Rights.requireScope(who, room.plan());
    if (!page.admits(who.role())) {
      throw ProblemType.WRONG_ROLE.because("Your role has no use for this page.").asException();
    }
    requireRoomFor(who);
    requireSocketFor(who);
    Socket socket = new Socket(who, page, new Outbox(out));
    if (who.role() == Role.INTERPRETER && room.booths().seat(who.id()).isEmpty()) {
      room.booths().home(who).ifPresent(booth -> booth.seat(who, room.nextSource()));
    }
    sockets.add(socket);
    roll.came(who);
    return socket;
  }

  /** Somebody has connected media. */
  void connected(Person who) {
    roll.came(who);
  }

  /**
   * Refuses an attendee who is new in a full session. Whoever has work to do there always comes in.
   *
   * @throws ProblemException 503
   */
  void requireRoomFor(Person who) {
    if (!who.role().onlyListens()) {
      return;
    }
    if (Presence.isSurelyBelow(room.limits().people(), room, sockets.all())) {
      return;
    }
    Presence presence = new Presence(room, sockets.all());
    if (presence.count() >= room.limits().people() && !presence.has(who.id())) {
      throw full();
    }
  }

  /** Attendees have so many pages open; those who have work to do, as many again. */
  private void requireSocketFor(Person who) {
    List<Socket> open = sockets.all();
    int most = room.limits().sockets();
    if (open.size() < most) {
      return;
    }
    long atWork = open.stream().filter(each -> !each.person().role().onlyListens()).count();
    if (who.role().onlyListens() || atWork >= most) {
      throw full();
    }
  }

  /** A page is closed. */
  void left(Socket socket) {
    sockets.remove(socket);
    left(socket.person());
  }

  /** A person has closed a page or a connection; perhaps the last. */
  void left(Person who) {
    if (who.role().onlyListens()) {
      return; // On no roll and in no booth: a crowd may leave one by one.
    }
    leaveSeat(who);
    sweep();
  }

  /** Those whose seat was kept long enough are not in a booth any more; to be settled. */
  void leaveSeats() {
    for (Booth booth : room.booths().all()) {
      List.copyOf(booth.seats()).forEach(seat -> leaveSeat(seat.person()));
    }
  }

  /** Those whose place was kept long enough have gone for good. */
  void sweep() {
    roll.sweep(new Presence(room, sockets.all()));
  }

  /** Who has neither a microphone nor a page open is not in a booth. */
  private void leaveSeat(Person who) {
    boolean elsewhere =
        sockets.all().stream().anyMatch(other -> other.person().id().equals(who.id()));
    room.booths()
        .seat(who.id())
        .filter(seat -> !elsewhere && seat.publication().isEmpty())
        .ifPresent(seat -> seat.booth().leave(seat));
  }

  private static ProblemException full() {
    return ProblemType.AT_CAPACITY.because("This session is full.").asException();
  }
}
