package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.live.BoothRulesTest.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;

class SocketsTest {
  private static final Person CHAIR = Rig.person("chair", Role.CHAIR);
  private static final Person ATTENDEE = Rig.person("attendee", Role.ATTENDEE);

  private Rig rig = new Rig(Rig.meeting());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whoJoinsIsWelcomedAndShownWhatIs() {
    Wire page = rig.open(ATTENDEE);
    JsonNode welcome = page.socket().received.getFirst();
    assertThat(welcome.path("type").asText()).isEqualTo("welcome");
    assertThat(welcome.at("/you/role").asText()).isEqualTo("attendee");
    assertThat(welcome.at("/you/booth").isNull()).isTrue();
    assertThat(welcome.at("/session/title/fr").asText()).isEqualTo("Séance");
    assertThat(welcome.at("/session/state").asText()).isEqualTo("live");
    assertThat(welcome.path("serverTime").asText()).isEqualTo("2026-11-22T09:00:00Z");
    assertThat(page.socket().last("routing").at("/channels/0/rule").asText()).isEqualTo("nobody");
    assertThat(page.socket().last("stage").path("sources").isArray()).isTrue();
    assertThat(page.socket().count("people") + page.socket().count("booths")).isZero();
    assertThat(rig.open(CHAIR).socket().last("booths").path("booths")).hasSize(1);
    assertThat(
            rig.open(Rig.interpreter("aiko", "fr-ja"))
                .socket()
                .received
                .getFirst()
                .at("/you/booth")
                .asText())
        .isEqualTo("fr-ja");
  }

  @Test
  void snapshotsComeOnlyWhenSomethingChanged() {
    rig.speak(CHAIR, "fr");
    Wire page = rig.open(ATTENDEE);
    rig.pass(Duration.ofSeconds(2));
    page.socket().forget();
    rig.pass(Duration.ofSeconds(10));
    assertThat(page.socket().count("routing")).isZero();
    assertThat(page.socket().count("stage")).isZero();
    rig.listen(ATTENDEE, "ja");
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().count("routing")).isEqualTo(1);
    assertThat(page.socket().count("stage")).isEqualTo(1);
    assertThat(page.socket().count("hearing")).isEqualTo(1);
  }

  @Test
  void aCrowdIsToldOfEachWhoComesByTheNextTicks() {
    Wire page = rig.open(ATTENDEE);
    for (int i = 0; i < 100; i++) {
      rig.listen(Rig.person("p" + i, Role.ATTENDEE), "ja");
    }
    rig.pass(Duration.ofSeconds(2));
    assertThat(page.socket().last("stage").path("listeners").asInt()).isEqualTo(100);
    page.socket().forget();
    Connection own = rig.listen(ATTENDEE, "ja");
    assertThat(page.socket().received).isEmpty();
    rig.pass(Duration.ofMillis(100));
    assertThat(page.socket().last("hearing").path("connection").asText()).isEqualTo(own.id());
    rig.pass(Duration.ofSeconds(2));
    assertThat(page.socket().last("stage").path("listeners").asInt()).isEqualTo(101);
  }

  @Test
  void whoseLineIsNarrowIsToldWhatIsLeftOut() {
    Wire page = rig.open(ATTENDEE);
    Connection ears = rig.listen(ATTENDEE, "ja");
    Connection other = rig.listen(Rig.person("other", Role.ATTENDEE), "ja");
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().count("seeing")).isZero();

    rig.port.of(other).pictures.accept(PictureService.SOUND_ONLY);
    rig.port.of(ears).pictures.accept(PictureService.REDUCED);
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().count("seeing")).isEqualTo(1);
    assertThat(page.socket().last("seeing").path("connection").asText()).isEqualTo(ears.id());
    assertThat(page.socket().last("seeing").path("pictures").asText()).isEqualTo("reduced");

    rig.port.of(ears).pictures.accept(PictureService.FULL);
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("seeing").path("pictures").asText()).isEqualTo("full");
  }

  @Test
  void changesInQuickSuccessionAreSentTenTimesASecondAtMost() {
    Wire page = rig.open(ATTENDEE);
    Wire desk = rig.open(CHAIR);
    page.socket().forget();
    for (int i = 0; i < 40; i++) {
      String language = i % 2 == 0 ? "'ja'" : "'fr'";
      assertThat(desk.outcome("{'type':'floor-language','language':" + language + "}"))
          .isEqualTo("done");
      rig.pass(Duration.ofMillis(50));
    }
    assertThat(page.socket().count("routing")).isBetween(15L, 21L);
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("routing").path("floorLanguage").asText()).isEqualTo("fr");
  }

  @Test
  void aSlowReaderIsSentTheLatestOnceItReadsAgain() {
    Wire page = rig.open(ATTENDEE);
    Wire desk = rig.open(CHAIR);
    page.socket().forget();
    page.socket().full = true;
    desk.ask("{'type':'floor-language','language':'ja'}");
    rig.pass(Duration.ofSeconds(1));
    desk.ask("{'type':'floor-language','language':'fr'}");
    rig.pass(Duration.ofSeconds(1));
    assertThat(page.socket().received).isEmpty();
    page.socket().full = false;
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().count("routing")).isEqualTo(1);
    assertThat(page.socket().last("routing").path("floorLanguage").asText()).isEqualTo("fr");
  }

  @Test
  void answersCarryTheReferenceAndComeBeforeTheNews() {
    Wire desk = rig.open(CHAIR);
    desk.socket().forget();
    rig.pass(Duration.ofMillis(200));
    desk.participant().receive("{\"type\":\"floor-language\",\"language\":\"ja\",\"ref\":\"7\"}");
    assertThat(desk.socket().received.getFirst().toString())
        .isEqualTo("{\"type\":\"done\",\"ref\":\"7\"}");
    JsonNode refused = desk.ask("{'type':'picture','source':'s-9','ref':'8'}");
    assertThat(refused.path("ref").asText()).isEqualTo("8");
    assertThat(refused.at("/problem/status").asInt()).isEqualTo(404);
    assertThat(desk.ask("nonsense").at("/problem/type").asText()).isEqualTo("/problems/malformed");
  }

  @Test
  void tooManyMessagesEndASocket() {
    Wire page = rig.open(ATTENDEE);
    for (int i = 0; i < 60; i++) {
      page.participant().receive("{}");
    }
    assertThat(page.socket().closedWith).isZero();
    page.participant().receive("{}");
    assertThat(page.socket().closedWith).isEqualTo(4429);
    long before = page.socket().received.size();
    page.participant().receive("{}");
    assertThat(page.socket().received).hasSize((int) before);
  }

  @Test
  void levelsComeFourTimesASecondAndOnlyOnesOwnToWhoListens() {
    rig.speak(CHAIR, "fr");
    Connection quiet = rig.speak(Rig.person("hall", Role.HALL), "ja");
    rig.sends(quiet, Rig.QUIET);
    Wire page = rig.open(ATTENDEE);
    Wire desk = rig.open(CHAIR, Page.DESK);
    rig.listen(ATTENDEE, "ja");
    rig.pass(Duration.ofSeconds(1));
    desk.socket().forget();
    for (int i = 0; i < 8; i++) {
      rig.sends(quiet, -60 - i);
      rig.pass(Duration.ofMillis(250));
    }
    assertThat(desk.socket().count("levels")).isBetween(7L, 9L);
    assertThat(desk.socket().last("levels").path("sources").size()).isEqualTo(2);
    assertThat(page.socket().last("levels").path("sources").size()).isZero();
    assertThat(page.socket().last("levels").path("channels").size()).isEqualTo(1);
    assertThat(desk.socket().last("levels").at("/listeners/ja").asInt()).isEqualTo(1);
  }

  @Test
  void theFloorsLevelIsKnownThoughNobodyListensAndItIsNotMixed() {
    rig.sends(rig.speak(CHAIR, "fr"), -30);
    rig.sends(rig.speak(Rig.person("hall", Role.HALL), "ja"), -30);
    Wire desk = rig.open(CHAIR, Page.DESK);
    rig.pass(Duration.ofSeconds(1));
    assertThat(desk.socket().last("levels").at("/channels/floor").asInt()).isEqualTo(-27);
  }

  @Test
  void theDeskSeesWhoIsHere() {
    Wire desk = rig.open(CHAIR);
    rig.open(ATTENDEE);
    rig.listen(ATTENDEE, "ja");
    rig.pass(Duration.ofSeconds(1));
    JsonNode people = desk.socket().last("people");
    assertThat(people.at("/counts/attendee").asInt()).isEqualTo(1);
    assertThat(people.at("/counts/chair").asInt()).isEqualTo(1);
    assertThat(people.path("people").findValuesAsText("listening")).contains("ja");
  }

  /** A session with room for so few that each of its limits is reached at once. */
  private void makeSmall() {
    rig.close();
    LiveLimits usual = LiveLimits.defaults();
    rig =
        new Rig(
            Rig.meeting(),
            new LiveLimits(
                2,
                3,
                2,
                2,
                1,
                20,
                60,
                10,
                2,
                1,
                usual.lostAfter(),
                usual.seatKept(),
                usual.floorLanguageAfter(),
                usual.resumable()));
  }

  @Test
  void aFullSessionTakesNobodyNewButKnowsItsOwn() {
    makeSmall();
    rig.open(CHAIR);
    rig.open(ATTENDEE);
    assertProblem("at-capacity", () -> rig.open(Rig.person("third", Role.ATTENDEE)));
    Wire again = rig.open(ATTENDEE);
    assertProblem("at-capacity", () -> rig.open(ATTENDEE));
    assertThat(again.socket().received.getFirst().at("/you/name").asText()).isEqualTo("Name of a…");
    rig.listen(ATTENDEE, "fr");
    rig.listen(ATTENDEE, "fr");
    assertProblem("at-capacity", () -> rig.session.listen(ATTENDEE, "audio", "fr"));
    rig.speak(CHAIR, "fr");
    assertProblem("too-many-requests", () -> rig.session.publishSlides(CHAIR, "video", null));
    again.participant().left();
    rig.turn();
    rig.open(ATTENDEE);
  }

  @Test
  void aFullSessionTakesWhoeverHasWorkToDoThere() {
    makeSmall();
    Person attendee = ATTENDEE;
    rig.open(attendee);
    rig.open(attendee);
    rig.open(attendee);
    rig.listen(attendee, "fr");
    rig.listen(attendee, "fr");
    assertProblem("at-capacity", () -> rig.open(Rig.person("late", Role.ATTENDEE)));
    Person interpreter = Rig.interpreter("aiko", "fr-ja");
    rig.open(interpreter);
    rig.open(Rig.person("speaker", Role.SPEAKER));
    rig.open(CHAIR);
    assertProblem("at-capacity", () -> rig.open(Rig.person("fourth", Role.TECHNICIAN)));
    rig.interpret(interpreter, "ja", true);
    rig.listen(interpreter, "floor");
    rig.listen(interpreter, "fr");
    assertProblem("too-many-requests", () -> rig.session.listen(interpreter, "audio", "fr"));
    rig.speak(Rig.person("speaker", Role.SPEAKER), "fr");
  }

  @Test
  void whoListensInAFullSessionMayConnectAnew() {
    makeSmall();
    Person first = ATTENDEE;
    Person second = Rig.person("second", Role.ATTENDEE);
    Connection before = rig.listen(first, "fr");
    rig.listen(second, "fr");
    Connection after = rig.listen(first, "fr"); // Another picture, say.
    assertProblem("at-capacity", () -> rig.session.listen(first, "audio", "fr"));
    before.close();
    rig.turn();
    assertThat(rig.session.connection(after.id())).isPresent();
    rig.listen(first, "fr");
  }

  @Test
  void strangersWhoShareALinkAreToldOnlyOfTheConnectionTheyName() {
    Wire page = rig.open(ATTENDEE);
    Connection[] ears =
        IntStream.range(0, 20).mapToObj(i -> rig.listen(ATTENDEE, "fr")).toArray(Connection[]::new);
    page.socket().forget();
    page.ask("{'type':'listen','connection':'" + ears[3].id() + "','channel':'ja'}");
    rig.pass(Duration.ofMillis(200));
    assertThat(
            page.socket().received.stream()
                .filter(m -> m.path("type").asText().equals("hearing"))
                .map(m -> m.path("connection").asText()))
        .containsExactly(ears[3].id());
  }

  @Test
  void aGuestIsToldWhatTheyHearAndCountedOnce() {
    Person guest = Person.guest("s", new Random(1));
    Wire page = rig.open(guest);
    assertThat(page.socket().last("welcome").path("you").path("token").asText())
        .isEqualTo(guest.id());
    Wire desk = rig.open(Rig.person("chair", Role.CHAIR), Page.DESK);
    Connection ears = rig.listen(guest, "fr");
    rig.pass(Duration.ofSeconds(1));
    assertThat(page.socket().last("hearing").path("connection").asText()).isEqualTo(ears.id());
    assertThat(page.socket().last("hearing").path("channel").asText()).isEqualTo("fr");
    assertThat(desk.socket().last("people").path("counts").path("attendee").asInt()).isEqualTo(1);
    assertThat(page.outcome("{'type':'listen','connection':'" + ears.id() + "','channel':'ja'}"))
        .isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("hearing").path("channel").asText()).isEqualTo("ja");
    Wire other = rig.open(Rig.person("other", Role.ATTENDEE));
    assertThat(other.outcome("{'type':'listen','connection':'" + ears.id() + "','channel':'fr'}"))
        .isEqualTo("not-yours");
    assertThat(other.outcome("{'type':'listen','connection':'none','channel':'fr'}"))
        .isEqualTo("no-such-connection");
  }

  @Test
  void whoUnderstandsSeveralLanguagesHearsTheFloorWheneverItSpeaksOneOfThem() {
    Connection speaker = rig.speak(Rig.person("sp", Role.SPEAKER), "fr");
    Connection ears = rig.listen(ATTENDEE, "ja");
    Wire page = rig.open(ATTENDEE);
    assertThat(
            page.outcome(
                "{'type':'understand','connection':'" + ears.id() + "','languages':['fr']}"))
        .isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("hearing").path("why").asText()).isEqualTo("understood");
    assertThat(page.socket().last("hearing").path("channel").asText()).isEqualTo("floor");
    Wire stage = rig.open(Rig.person("sp", Role.SPEAKER));
    assertThat(stage.outcome("{'type':'speaks','language':'ja'}")).isEqualTo("done");
    rig.interpret(Rig.interpreter("aiko", "fr-ja"), "fr", true);
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("hearing").path("channel").asText()).isEqualTo("fr");
    assertThat(page.socket().last("hearing").path("quality").asText()).isEqualTo("+");
    assertThat(speaker.owner().id()).isEqualTo("sp");
  }

  @Test
  void aLinkForAnotherSessionOpensNothingHere() {
    Person stranger = Person.of("x", "X", Role.CHAIR, new Scope.OneSession("other"));
    assertProblem("wrong-role", () -> rig.open(stranger));
    assertProblem("wrong-role", () -> rig.session.publishFloor(stranger, "audio", "fr"));
    rig.open(Person.of("y", "Y", Role.CHAIR, new Scope.WholeEvent("e")));
    assertProblem("wrong-role", () -> rig.open(ATTENDEE, Page.DESK));
  }
}
