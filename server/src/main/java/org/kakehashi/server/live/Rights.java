package org.kakehashi.server.live;

import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.SessionPlan;

/**
 * Who may do what. Pure. Every method throws {@link ProblemException} 403 unless the person may.
 *
 * <pre>
 *                         attendee interpreter speaker chair technician organiser hall
 *   listen                    x         x         x      x        x         x      x
 *   publish to the floor                          x      x                  x      x
 *   share a screen                                x      x        x         x      x
 *   interpret                           x
 *   interpret into sign                 x                x        x         x      x
 *   run the stage                                        x        x         x
 *   set the floor language              x                x        x         x
 *   end, resume                                          x                  x
 * </pre>
 */
final class Rights {
  private Rights() {}

  /** The role must hold in this session. */
  static void requireScope(Person who, SessionPlan plan) {
    if (!who.scope().covers(plan.event().id(), plan.id())) {
      throw wrongRole("This link is for another session.");
    }
  }

  static void requireFloor(Person who) {
    require(
        who.role().speaks() || who.role() == Role.ORGANISER, "Only speakers publish to the floor.");
  }

  static void requireScreen(Person who) {
    require(
        who.role().speaks() || who.role().runsSessions(),
        "Only speakers, and those who run the session, share a screen.");
  }

  static void requireInterpreter(Person who) {
    require(who.role() == Role.INTERPRETER, "Only interpreters do this.");
  }

  static void requireSign(Person who) {
    require(
        who.role() == Role.INTERPRETER || who.role() == Role.HALL || who.role().runsSessions(),
        "Only interpreters, the hall, and those who run the session, send the sign-language picture.");
  }

  static void requireDesk(Person who) {
    require(who.role().runsSessions(), "Only those who run the session do this.");
  }

  static void requireFloorLanguage(Person who) {
    require(
        who.role().runsSessions() || who.role() == Role.INTERPRETER,
        "Only interpreters, and those who run the session, set the floor's language.");
  }

  static void requireEnd(Person who) {
    require(
        who.role() == Role.CHAIR || who.role() == Role.ORGANISER,
        "Only chair and organiser end or resume a session.");
  }

  /** One's own, or anybody's for those who run the session. */
  static void requireOwnOrDesk(Person who, Person owner) {
    if (!who.role().runsSessions() && !who.mayChange(owner)) {
      throw notYours();
    }
  }

  /** One's own connection. */
  static void requireOwn(Person who, MediaConnection connection) {
    if (!who.mayChange(connection.owner())) {
      throw notYours();
    }
  }

  private static void require(boolean may, String otherwise) {
    if (!may) {
      throw wrongRole(otherwise);
    }
  }

  private static ProblemException wrongRole(String detail) {
    return ProblemType.WRONG_ROLE.because(detail).asException();
  }

  private static ProblemException notYours() {
    return ProblemType.NOT_YOURS.because("This belongs to somebody else.").asException();
  }
}
