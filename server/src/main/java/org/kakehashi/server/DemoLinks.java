package org.kakehashi.server;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.people.Invitations;
import org.kakehashi.server.people.Invitations.Invitation;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.SessionPlan;

/**
 * What {@code GET /api/demo} shows: every session, and for each role a way in.
 *
 * @param invitations makes the ways in
 * @param empty ids of the sessions on whose stage nobody is
 */
public record DemoLinks(Invitations invitations, Set<String> empty) {
  public DemoLinks {
    empty = Set.copyOf(empty);
  }

  /** All sessions. */
  public record Document(List<Session> sessions) {}

  /**
   * One session.
   *
   * @param empty whether nobody is on stage, so that one can try things
   * @param links by role, for browsers
   * @param tokens by role, for other clients
   */
  public record Session(
      String id,
      LocalText title,
      LiveSession.State state,
      boolean empty,
      List<String> languages,
      Map<String, URI> links,
      Map<String, String> tokens) {}

  /** The document as it is now; tokens are new each time. */
  public Document document(List<LiveSession> sessions) {
    return new Document(sessions.stream().map(this::session).toList());
  }

  private Session session(LiveSession session) {
    Map<String, URI> links = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    people(session.plan())
        .forEach(
            (role, person) -> {
              Invitation invitation = invitations.invite(session.id(), person);
              links.put(role, invitation.link());
              tokens.put(role, invitation.token());
            });
    return new Session(
        session.id(),
        session.plan().title(),
        session.state(),
        empty.contains(session.id()),
        session.plan().languages(),
        links,
        tokens);
  }

  private static Map<String, Person> people(SessionPlan plan) {
    Map<String, Person> people = new LinkedHashMap<>();
    people.put("attendee", person(plan, Role.ATTENDEE, "attendee", "Camille"));
    people.put("interpreter", interpreter(plan, "interpreter", "Aiko 愛子"));
    people.put("interpreter2", interpreter(plan, "interpreter2", "Benoît"));
    people.put("speaker", person(plan, Role.SPEAKER, "speaker", "Claire Martin"));
    people.put("speaker2", person(plan, Role.SPEAKER, "speaker2", "佐藤 健"));
    people.put("chair", person(plan, Role.CHAIR, "chair", "Hélène Moreau"));
    people.put("technician", person(plan, Role.TECHNICIAN, "technician", "Yann"));
    people.put("organiser", person(plan, Role.ORGANISER, "organiser", "Naoko 直子"));
    people.put("hall", person(plan, Role.HALL, "hall", "Salle"));
    return people;
  }

  private static Person person(SessionPlan plan, Role role, String key, String name) {
    return Person.of("demo-" + key, name, role, new Scope.OneSession(plan.id()));
  }

  private static Person interpreter(SessionPlan plan, String key, String name) {
    Scope scope = new Scope.OneSession(plan.id());
    return plan.booths().stream()
        .findFirst()
        .map(BoothPlan::id)
        .map(booth -> Person.interpreter("demo-" + key, name, scope, booth, plan.languages()))
        .orElseGet(() -> person(plan, Role.INTERPRETER, key, name));
  }
}
