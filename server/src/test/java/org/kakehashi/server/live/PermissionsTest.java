package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;

/** Who may do what: a table of roles against requests; {@code x} may, {@code -} may not. */
class PermissionsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # request                                          | att | int | spe | cha | tec | org | hal
          {'type':'stage.admit','source':'s-1'}              |  -  |  -  |  -  |  x  |  x  |  x  |  -
          {'type':'stage.remove','source':'s-1'}             |  -  |  -  |  -  |  x  |  x  |  x  |  -
          {'type':'source.microphone','source':'s-1','state':'closed'} | - | - | - | x | x | x | -
          {'type':'speaks','language':'ja','source':'s-1'}   |  -  |  -  |  -  |  x  |  x  |  x  |  -
          {'type':'picture','source':null}                   |  -  |  -  |  -  |  x  |  x  |  x  |  -
          {'type':'floor-language','language':'ja'}          |  -  |  x  |  -  |  x  |  x  |  x  |  -
          {'type':'play','file':'greeting.mp4'}              |  -  |  -  |  -  |  x  |  x  |  x  |  -
          {'type':'incoming','choice':'floor'}               |  -  |  x  |  -  |  -  |  -  |  -  |  -
          {'type':'session.end'}                             |  -  |  -  |  -  |  x  |  -  |  x  |  -
          """)
  void requests(
      String request,
      String att,
      String in,
      String spe,
      String cha,
      String tec,
      String org,
      String hal) {
    String[] may = {att, in, spe, cha, tec, org, hal};
    for (Role role : Role.values()) {
      try (Rig rig = new Rig(Rig.meeting())) {
        rig.speak(Rig.person("owner", Role.SPEAKER), "fr");
        Wire page = rig.open(person(role), role.page());
        String expected = may[role.ordinal()].equals("x") ? "done" : "refused";
        String outcome = page.outcome(request);
        assertThat(outcome.equals("done") ? "done" : "refused")
            .as("%s as %s: %s", request, role, outcome)
            .isEqualTo(expected);
        if (expected.equals("refused")) {
          assertThat(outcome).isIn("wrong-role", "not-yours");
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "floor,   - - x x - x x",
    "slides,  - - x x x x x",
    "sign,    - x - x x x x",
    "ja,      - x - - - - -",
    "listen,  x x x x x x x",
  })
  void offers(String to, String may) {
    for (Role role : Role.values()) {
      try (Rig rig = new Rig(Rig.meeting())) {
        boolean expected = may.split(" ", -1)[role.ordinal()].equals("x");
        assertThat(offer(rig, to.strip(), person(role)))
            .as("%s as %s", to, role)
            .isEqualTo(expected ? "done" : "/problems/wrong-role");
      }
    }
  }

  private static String offer(Rig rig, String to, Person who) {
    try {
      switch (to) {
        case "floor" -> rig.session.publishFloor(who, "audio", "fr");
        case "slides" -> rig.session.publishSlides(who, "video", null);
        case "sign" -> rig.session.publishSign(who, "video", null);
        case "listen" -> rig.session.listen(who, "audio", "fr");
        default -> rig.session.interpret(who, "audio", to, true, null);
      }
      return "done";
    } catch (ProblemException refused) {
      return refused.problem().type().uri();
    }
  }

  private static Person person(Role role) {
    return Rig.person(role.name().toLowerCase(Locale.ROOT), role);
  }
}
