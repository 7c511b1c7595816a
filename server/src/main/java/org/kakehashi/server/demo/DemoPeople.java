package org.kakehashi.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.SessionPlan;

/** Whom a newcomer may be in a session of the demo. Pure. */
final class DemoPeople {
  private DemoPeople() {}

  /** By the role's name in {@code GET /api/demo}. */
  static Map<String, Person> of(SessionPlan plan) {
    Map<String, Person> people = new LinkedHashMap<>();
    add(people, plan, "attendee", "Camille", Role.ATTENDEE);
    people.put("interpreter", interpreter(plan, "interpreter", "Aiko", 0));
    people.put("interpreter2", interpreter(plan, "interpreter2", "Bruno", 1));
    add(people, plan, "speaker", "Mme Martin", Role.SPEAKER);
    add(people, plan, "speaker2", "田中さん", Role.SPEAKER);
    add(people, plan, "chair", "M. Dubois", Role.CHAIR);
    add(people, plan, "technician", "Noé", Role.TECHNICIAN);
    add(people, plan, "organiser", "Yuki", Role.ORGANISER);
    add(people, plan, "hall", "Nantes", Role.HALL);
    return people;
  }

  private static void add(
      Map<String, Person> people, SessionPlan plan, String as, String name, Role role) {
    people.put(as, Person.of(id(plan, as), name, role, scope(plan)));
  }

  /** The second works in the second booth where there is one, else beside the first. */
  private static Person interpreter(SessionPlan plan, String as, String name, int booth) {
    List<BoothPlan> booths = plan.booths();
    BoothPlan theirs = booths.get(Math.min(booth, booths.size() - 1));
    return Person.interpreter(id(plan, as), name, scope(plan), theirs.id(), theirs.understands());
  }

  /** Different in each session: one may try several at once. */
  private static String id(SessionPlan plan, String as) {
    return "demo-" + plan.id() + "-" + as;
  }

  private static Scope scope(SessionPlan plan) {
    return new Scope.OneSession(plan.id());
  }
}
