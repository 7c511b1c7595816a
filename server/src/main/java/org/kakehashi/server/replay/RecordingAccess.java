package org.kakehashi.server.replay;

import java.util.Optional;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Who may do what with a recording. Pure.
 *
 * <pre>
 *                                          anybody   a link of the session   chair, organiser
 *   live, or ended and published              if public          x                  x
 *   ended, not published                                                            x
 *   deleted: that it is, and to restore it                                          x
 *   publish, trim, rename, captions, poster, delete                                 x
 * </pre>
 */
public final class RecordingAccess {
  private RecordingAccess() {}

  /** Whether somebody may listen to the session; empty: without a token. */
  static boolean mayListen(Optional<Person> who, Recorded recorded) {
    return recorded.document().open() || who.filter(person -> covers(person, recorded)).isPresent();
  }

  /** Whether somebody may change it. */
  public static boolean mayEdit(Optional<Person> who, Recorded recorded) {
    return who.filter(person -> person.role() == Role.CHAIR || person.role() == Role.ORGANISER)
        .filter(person -> covers(person, recorded))
        .isPresent();
  }

  /** Whether it is listed to somebody. */
  public static boolean maySee(Optional<Person> who, Recorded recorded) {
    return mayEdit(who, recorded)
        || !recorded.isDeleted() && isOpen(recorded) && mayListen(who, recorded);
  }

  /** Whether it is played to everybody who may listen to the session. */
  public static boolean isOpen(Recorded recorded) {
    return recorded.isLive() || recorded.document().published();
  }

  /**
   * Refuses whoever may not play it.
   *
   * @throws ProblemException 401, 403, or 404 if it was deleted
   */
  public static void requirePlay(Optional<Person> who, Recorded recorded) {
    if (recorded.isDeleted()) {
      throw noRecording();
    }
    requireSee(who, recorded);
  }

  /**
   * Refuses whoever may not see it.
   *
   * @throws ProblemException 401, 403, or 404 if it was deleted
   */
  public static void requireSee(Optional<Person> who, Recorded recorded) {
    if (maySee(who, recorded)) {
      return;
    }
    if (recorded.isDeleted()) {
      throw noRecording();
    }
    if (!mayListen(who, recorded)) {
      throw refused(who);
    }
    throw ProblemType.NOT_PUBLISHED
        .because("The session has ended. Its recording is not published, or not yet.")
        .asException();
  }

  /**
   * Refuses whoever may not change it.
   *
   * @throws ProblemException 401 or 403
   */
  public static void requireEdit(Optional<Person> who, Recorded recorded) {
    if (who.isEmpty()) {
      throw refused(who);
    }
    if (!mayEdit(who, recorded)) {
      throw ProblemType.WRONG_ROLE
          .because("Only chair and organiser of the session change its recording.")
          .asException();
    }
  }

  /** There is none. */
  public static ProblemException noRecording() {
    return ProblemType.NO_SUCH_RECORDING
        .because("This session is not recorded, or its recording was deleted.")
        .asException();
  }

  private static ProblemException refused(Optional<Person> who) {
    return who.isEmpty()
        ? ProblemType.NO_TOKEN
            .because("Send the token of your link as \"Authorization: Bearer …\".")
            .asException()
        : ProblemType.WRONG_ROLE
            .because("This token is for another session. Use the link of this one.")
            .asException();
  }

  private static boolean covers(Person person, Recorded recorded) {
    RecordingDocument document = recorded.document();
    // A guest's identity is no link: what is not public any more is closed to them.
    return !person.guest() && person.scope().covers(document.event().id(), document.session());
  }
}
