package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.live.BoothRulesTest.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

class StageRulesTest {
  private static final Person MARTIN = Rig.person("martin", Role.SPEAKER);
  private static final Person TANAKA = Rig.person("tanaka", Role.SPEAKER);
  private static final Person CHAIR = Rig.person("chair", Role.CHAIR);
  private static final Person HALL = Rig.person("hall", Role.HALL);

  private Rig rig;

  @BeforeEach
  void plenary() {
    rig = new Rig(Rig.plenary());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aSpeakerWaitsUntilTheChairAdmitsThem() {
    Wire desk = rig.open(CHAIR);
    Wire stage = rig.open(MARTIN);
    rig.speak(MARTIN, "fr");
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.route("floor").rule()).isEqualTo("nobody");
    assertThat(source(desk, 0).path("state").asText()).isEqualTo("waiting");

    assertThat(stage.outcome("{'type':'stage.ready'}")).isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(source(desk, 0).path("ready").asBoolean()).isTrue();

    String id = source(desk, 0).path("source").asText();
    assertThat(desk.outcome("{'type':'stage.admit','source':'" + id + "'}")).isEqualTo("done");
    assertThat(rig.rule("floor")).isEqualTo("floor Name of martin");
    assertThat(stage.socket().told()).containsExactly("admitted");
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").at("/tracks/picture").asText()).isEqualTo(id);
    assertThat(desk.socket().last("stage").at("/tracks/cameras/0").asText()).isEqualTo(id);

    assertThat(stage.outcome("{'type':'stage.leave'}")).isEqualTo("done");
    assertThat(rig.route("floor").rule()).isEqualTo("nobody");
  }

  @Test
  void chairAndHallAreOnAtOnce() {
    rig.speak(CHAIR, "fr");
    assertThat(rig.rule("floor")).isEqualTo("floor Name of chair");
    rig.speak(HALL, "ja");
    assertThat(rig.session.routing().channels().getFirst().rule()).isEqualTo("floor");
  }

  @Test
  void theFloorFollowsWhoSpeaksForThreeSecondsAndStaysWhereAHandSetsIt() {
    Connection chair = rig.speak(CHAIR, "fr");
    Connection hall = rig.speak(HALL, "ja");
    rig.sends(hall, Rig.QUIET);
    rig.pass(Duration.ofSeconds(4));
    assertThat(rig.session.routing().floorLanguage()).isEqualTo("fr");

    rig.sends(chair, Rig.QUIET);
    rig.sends(hall, Rig.SPEECH);
    rig.pass(Duration.ofMillis(2500));
    assertThat(rig.session.routing().floorLanguage()).isEqualTo("fr");
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.session.routing().floorLanguage()).isEqualTo("ja");
    assertThat(rig.session.routing().floorLanguageBy()).isEqualTo("detected");

    Wire desk = rig.open(CHAIR, Page.DESK);
    assertThat(desk.outcome("{'type':'floor-language','language':'en'}")).isEqualTo("done");
    rig.pass(Duration.ofSeconds(5));
    assertThat(rig.session.routing().floorLanguage()).isEqualTo("en");
    assertThat(rig.session.routing().floorLanguageBy()).isEqualTo("hand");
    assertThat(desk.outcome("{'type':'floor-language','language':null}")).isEqualTo("done");
    assertThat(rig.session.routing().floorLanguage()).isEqualTo("ja");
  }

  @Test
  void aLostSpeakerComesBackByThemselvesOrWithANewConnectionToTheSamePlace() {
    Connection first = rig.speak(CHAIR, "fr");
    Wire desk = rig.open(CHAIR);
    String id = source(desk, 0).path("source").asText();
    rig.stops(first);
    rig.pass(Duration.ofMillis(2300));
    assertThat(source(desk, 0).path("lost").asBoolean()).isTrue();
    assertThat(rig.route("floor").rule()).isEqualTo("nobody");
    rig.sends(first, Rig.SPEECH);
    rig.pass(Duration.ofMillis(200));
    assertThat(source(desk, 0).path("lost").asBoolean()).isFalse();
    assertThat(rig.rule("floor")).isEqualTo("floor Name of chair");

    assertThat(desk.outcome("{'type':'source.microphone','source':'" + id + "','state':'closed'}"))
        .isEqualTo("done");
    rig.stops(first);
    rig.port.of(first).close(CloseReason.CONSENT_EXPIRED);
    rig.pass(Duration.ofMillis(200));
    assertThat(source(desk, 0).path("lost").asBoolean()).isTrue();

    rig.speak(CHAIR, null);
    rig.pass(Duration.ofMillis(200));
    JsonNode back = source(desk, 0);
    assertThat(back.path("source").asText()).isEqualTo(id);
    assertThat(back.path("language").asText()).isEqualTo("fr");
    assertThat(back.path("microphone").asText()).isEqualTo("closed");
    assertThat(back.path("lost").asBoolean()).isFalse();
    assertThat(desk.socket().last("stage").path("sources")).hasSize(1);
  }

  @Test
  void aPlaceIsKeptForFiveMinutes() {
    Connection chair = rig.speak(CHAIR, "fr");
    Wire desk = rig.open(Rig.person("org", Role.ORGANISER));
    rig.stops(chair);
    rig.port.of(chair).close(CloseReason.GOODBYE);
    rig.pass(Duration.ofMinutes(4));
    assertThat(desk.socket().last("stage").path("sources")).hasSize(1);
    rig.pass(Duration.ofMinutes(2));
    assertThat(desk.socket().last("stage").path("sources")).isEmpty();
  }

  @Test
  void whoGoesOnPurposeLeavesNoPlaceBehind() {
    Connection chair = rig.speak(CHAIR, "fr");
    chair.close();
    assertThat(rig.open(CHAIR).socket().last("stage").path("sources")).isEmpty();
    assertThat(rig.session.connection(chair.id())).isEmpty();
  }

  @Test
  void twoSpeakersAreMixedAndEachHearsTheFloorWithoutThemselves() {
    rig.speak(CHAIR, "fr");
    Connection ears = rig.listen(CHAIR, "floor");
    Wire page = rig.open(CHAIR);
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isNotSameAs(rig.media.channel("floor"));
    assertThat(page.socket().last("hearing").path("withoutYou").asBoolean()).isTrue();
    rig.speak(HALL, "ja");
    assertThat(rig.media.channel("floor").source()).hasToString("mix");
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isNotSameAs(rig.media.channel("floor"));
  }

  @Test
  void theChairChoosesThePictureAndGivesItBack() {
    rig.speak(CHAIR, "fr");
    rig.speak(HALL, "ja");
    Wire desk = rig.open(CHAIR);
    rig.pass(Duration.ofSeconds(2));
    String chair = source(desk, 0).path("source").asText();
    String hall = source(desk, 1).path("source").asText();
    assertThat(desk.socket().last("stage").at("/picture/source").asText()).isEqualTo(chair);
    assertThat(desk.outcome("{'type':'picture','source':'" + hall + "'}")).isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").at("/picture/source").asText()).isEqualTo(hall);
    assertThat(desk.socket().last("stage").at("/picture/by").asText()).isEqualTo("chair");
    assertThat(desk.outcome("{'type':'picture','source':'s-99'}")).isEqualTo("no-such-source");
    assertThat(desk.outcome("{'type':'picture','source':null}")).isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").at("/picture/by").asText()).isEqualTo("speaker");
  }

  @Test
  void aScreenIsSharedByOneAtATimeAndGoesWithItsConnection() {
    Wire desk = rig.open(CHAIR);
    assertProblem("conflict", () -> rig.session.publishSlides(MARTIN, "video", null));
    Connection slides = rig.session.publishSlides(HALL, "video", null);
    rig.connect(slides);
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").at("/slides/person").asText()).isEqualTo("hall");
    rig.session.publishSlides(CHAIR, "video audio", "fr");
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").at("/slides/person").asText()).isEqualTo("chair");
    assertThat(rig.port.of(slides).closedWhy).isEqualTo(CloseReason.REMOVED);
    assertProblem("conflict", () -> rig.session.publishSlides(HALL, "video", null));
  }

  @Test
  void signLanguageIsSeenBesideTheStageAndIsOneAtATime() {
    Person luc = Rig.person("luc", Role.INTERPRETER);
    Wire desk = rig.open(CHAIR);
    assertProblem("wrong-role", () -> rig.session.publishSign(MARTIN, "video", null));
    assertProblem("bad-offer", () -> rig.session.publishSign(luc, "audio", "fsl"));
    Connection sign = rig.session.publishSign(luc, "video", "fsl");
    rig.connect(sign);
    rig.pass(Duration.ofMillis(200));
    JsonNode shown = desk.socket().last("stage");
    assertThat(shown.at("/sign/name").asText()).isEqualTo("Name of luc");
    assertThat(shown.at("/sign/language").asText()).isEqualTo("fsl");
    assertThat(shown.at("/tracks/sign").asText()).isEqualTo(shown.at("/sign/source").asText());
    assertThat(shown.path("sources")).as("it is no microphone").isEmpty();
    assertProblem("conflict", () -> rig.session.publishSign(HALL, "video", null));

    String source = shown.at("/sign/source").asText();
    assertThat(desk.outcome("{'type':'stage.remove','source':'" + source + "'}")).isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    assertThat(desk.socket().last("stage").path("sign").isNull()).isTrue();
    assertThat(rig.port.of(sign).closedWhy).isEqualTo(CloseReason.REMOVED);
    assertThat(rig.journal.entries())
        .extracting(JournalEntry::event)
        .filteredOn(event -> event instanceof JournalEvent.Shown)
        .extracting(event -> ((JournalEvent.Shown) event).source())
        .containsExactly(source, null);
  }

  @Test
  void aFilePlaysOnStageUntilItEndsOrIsStopped() {
    Wire desk = rig.open(CHAIR);
    assertThat(desk.outcome("{'type':'play','file':'no.mp4','language':'fr'}"))
        .isEqualTo("no-such-file");
    assertThat(desk.outcome("{'type':'play','file':'greeting.mp4','language':'fr'}"))
        .isEqualTo("done");
    rig.pass(Duration.ofMillis(200));
    JsonNode file = source(desk, 0);
    assertThat(file.path("kind").asText()).isEqualTo("file");
    assertThat(file.at("/file/positionMs").asInt()).isEqualTo(1000);
    assertThat(rig.rule("floor")).isEqualTo("floor greeting.mp4");
    assertThat(rig.files.opened.getFirst().started).isTrue();

    rig.files.opened.getFirst().ended.run();
    rig.turn();
    assertThat(rig.route("floor").rule()).isEqualTo("nobody");

    desk.ask("{'type':'play','file':'greeting.mp4'}");
    rig.pass(Duration.ofMillis(200));
    String id = source(desk, 0).path("source").asText();
    assertThat(desk.outcome("{'type':'play.stop','source':'" + id + "'}")).isEqualTo("done");
    assertThat(rig.files.opened.get(1).stopped).isTrue();
    assertThat(desk.outcome("{'type':'play.stop','source':'" + id + "'}"))
        .isEqualTo("no-such-source");
  }

  @Test
  void offersThatAreRefusedLeaveNothingBehind() {
    assertProblem("bad-offer", () -> rig.session.publishFloor(CHAIR, "bad", "fr"));
    assertProblem("bad-offer", () -> rig.session.publishFloor(CHAIR, "nothing", "fr"));
    assertProblem("invalid", () -> rig.session.publishFloor(CHAIR, "audio", "not a language"));
    assertProblem("no-such-channel", () -> rig.session.listen(TANAKA, "audio", "de"));
    assertThat(rig.port.peers).allSatisfy(peer -> assertThat(peer.closedWhy).isNotNull());
    assertThat(rig.open(CHAIR).socket().last("stage").path("sources")).isEmpty();
  }

  private static JsonNode source(Wire page, int index) {
    return page.socket().last("stage").path("sources").path(index);
  }
}
