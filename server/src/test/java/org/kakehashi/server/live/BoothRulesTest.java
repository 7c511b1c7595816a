package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.programme.SessionPlan.Collision;

class BoothRulesTest {
  private static final Person SPEAKER = Rig.person("sp", Role.SPEAKER);
  private static final Person AIKO = Rig.interpreter("aiko", "fr-ja");
  private static final Person BEN = Rig.interpreter("ben", "fr-ja");
  private static final Person EMMA = Rig.interpreter("emma", "en");

  private Rig rig;

  @BeforeEach
  void meeting() {
    rig = new Rig(Rig.meeting());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anOpenMicrophoneFeedsItsChannelAndAClosedOneReturnsTheFloor() {
    rig.speak(SPEAKER, "fr");
    Connection aiko = rig.interpret(AIKO, "ja", true);
    assertThat(rig.rule("floor")).isEqualTo("floor Name of sp");
    assertThat(rig.rule("fr")).isEqualTo("floor Name of sp");
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");

    rig.session.microphone(aiko, AIKO, MicrophoneState.COUGH, null);
    assertThat(rig.route("ja").kind()).isEqualTo("silence");
    assertThat(rig.route("ja").rule()).isEqualTo("cough");

    rig.session.microphone(aiko, AIKO, MicrophoneState.OPEN, null);
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");

    rig.session.microphone(aiko, AIKO, MicrophoneState.CLOSED, null);
    assertThat(rig.route("ja").rule()).isEqualTo("uninterpreted");
    assertThat(rig.route("ja").kind()).isEqualTo("original");
  }

  @Test
  void theOtherWayIsOneKeyAway() {
    rig.speak(SPEAKER, "ja");
    Connection aiko = rig.interpret(AIKO, "ja", true);
    Wire page = rig.open(AIKO);
    assertThat(page.socket().last("booth").path("warnings").toString())
        .isEqualTo("[\"same-language\"]");

    rig.session.microphone(aiko, AIKO, null, "fr");
    assertThat(rig.rule("fr")).isEqualTo("interpreter Name of aiko");
    assertThat(rig.rule("ja")).isEqualTo("floor Name of sp");
    assertThat(rig.route("fr").warnings()).isEmpty();
  }

  @Test
  void theHolderIsWarnedOnceThatTheySpeakTheFloorsLanguage() {
    Wire page = rig.open(AIKO);
    rig.interpret(AIKO, "ja", true);
    rig.speak(SPEAKER, "ja");
    rig.pass(Duration.ofSeconds(1));
    assertThat(page.socket().told()).containsExactly("same-language");
  }

  @Test
  void aBoothSpeaksOnlyItsLanguages() {
    Connection aiko = rig.interpret(AIKO, "ja", true);
    assertProblem("invalid", () -> rig.session.microphone(aiko, AIKO, null, "en"));
    assertProblem("no-such-channel", () -> rig.session.interpret(AIKO, "audio", "en", true, null));
  }

  @Test
  void aClosedMicrophoneHasNothingToCoughInto() {
    Connection aiko = rig.interpret(AIKO, "ja", false);
    assertProblem(
        "conflict", () -> rig.session.microphone(aiko, AIKO, MicrophoneState.COUGH, null));
    assertThat(rig.route("ja").rule()).isEqualTo("nobody");
  }

  @Test
  void aSecondMicrophoneInTheBoothIsRefusedUnlessItIsTaken() {
    Wire aikosPage = rig.open(AIKO);
    rig.interpret(AIKO, "ja", true);
    int peers = rig.port.peers.size();
    assertProblem("interlock", () -> rig.session.interpret(BEN, "audio", "ja", true, null));
    assertThat(rig.port.peers).hasSize(peers);

    Connection ben = rig.interpret(BEN, "ja", false);
    assertProblem("interlock", () -> rig.session.microphone(ben, BEN, MicrophoneState.OPEN, null));

    Wire bensPage = rig.open(BEN);
    assertThat(bensPage.outcome("{'type':'take'}")).isEqualTo("done");
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of ben");
    assertThat(aikosPage.socket().told()).containsExactly("taken-by-partner");
    rig.pass(Duration.ofMillis(200));
    assertThat(bensPage.socket().last("booth").path("holder").asText()).isEqualTo("ben");
  }

  @Test
  void takingNeedsAMicrophone() {
    rig.interpret(AIKO, "ja", true);
    assertThat(rig.open(BEN).outcome("{'type':'take'}")).isEqualTo("conflict");
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");
  }

  @Test
  void interlockRefusesASecondBoothOnAChannel() {
    twoBooths(Collision.INTERLOCK);
    rig.interpret(AIKO, "fr", true);
    assertProblem("interlock", () -> rig.session.interpret(EMMA, "audio", "fr", true, null));
    Connection emma = rig.interpret(EMMA, "en", true);
    assertProblem("interlock", () -> rig.session.microphone(emma, EMMA, null, "fr"));
    assertThat(rig.rule("en")).isEqualTo("interpreter Name of emma");
  }

  @Test
  void overrideTakesTheChannelAndTellsTheFirst() {
    twoBooths(Collision.OVERRIDE);
    Wire aikosPage = rig.open(AIKO);
    rig.interpret(AIKO, "fr", true);
    rig.pass(Duration.ofMillis(100));
    Connection emma = rig.interpret(EMMA, "fr", true);
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.rule("fr")).isEqualTo("interpreter Name of emma");
    assertThat(aikosPage.socket().told()).containsExactly("channel-taken");
    assertThat(aikosPage.socket().last("booth").path("onAir").asBoolean()).isFalse();

    rig.session.microphone(emma, EMMA, MicrophoneState.CLOSED, null);
    assertThat(rig.rule("fr")).isEqualTo("interpreter Name of aiko");
  }

  @Test
  void anInterpreterWithoutABoothWorksInTheOneThatSpeaksTheLanguage() {
    twoBooths(Collision.INTERLOCK);
    Person anyone = Rig.person("anyone", Role.INTERPRETER);
    rig.interpret(anyone, "en", true);
    assertThat(rig.route("en").booth()).isEqualTo("en");
    rig.interpret(anyone, "ja", true);
    assertThat(rig.route("ja").booth()).isEqualTo("fr-ja");
    assertThat(rig.route("en").rule()).isEqualTo("nobody");
    assertProblem("not-found", () -> rig.session.interpret(anyone, "audio", "ja", true, "nowhere"));
    assertProblem("invalid", () -> rig.session.interpret(anyone, "audio", "ja", true, "en"));
  }

  @Test
  void aLostInterpreterGivesWayAfterTwoSecondsAndComesBackByThemselves() {
    rig.speak(SPEAKER, "fr");
    Wire bensPage = rig.open(BEN);
    Connection aiko = rig.interpret(AIKO, "ja", true);
    rig.pass(Duration.ofSeconds(1));
    rig.stops(aiko);
    rig.pass(Duration.ofMillis(1900));
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");
    rig.pass(Duration.ofMillis(300));
    assertThat(rig.route("ja").rule()).isEqualTo("uninterpreted");
    assertThat(bensPage.socket().told()).containsExactly("partner-lost");
    assertThat(bensPage.socket().last("booth").at("/members").toString()).contains("\"lost\":true");

    rig.sends(aiko, Rig.SPEECH);
    rig.pass(Duration.ofMillis(100));
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");
  }

  @Test
  void thePartnerOfALostInterpreterOpensWithoutTaking() {
    Connection aiko = rig.interpret(AIKO, "ja", true);
    Connection ben = rig.interpret(BEN, "ja", false);
    rig.stops(aiko);
    rig.pass(Duration.ofSeconds(3));
    rig.session.microphone(ben, BEN, MicrophoneState.OPEN, null);
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of ben");

    rig.sends(aiko, Rig.SPEECH);
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of ben");
  }

  @Test
  void aNewConnectionTakesThePlaceOfALostOne() {
    Connection aiko = rig.interpret(AIKO, "ja", true);
    rig.stops(aiko);
    rig.port.of(aiko).close(CloseReason.GOODBYE);
    rig.turn();
    assertThat(rig.route("ja").rule()).isEqualTo("nobody");
    String source = seatSource();

    rig.interpret(AIKO, "ja", true);
    assertThat(rig.rule("ja")).isEqualTo("interpreter Name of aiko");
    assertThat(rig.route("ja").source()).isEqualTo(source);
    assertThat(rig.session.connection(aiko.id())).isEmpty();
  }

  private String seatSource() {
    return rig.session.thread().call(() -> rig.journal.entries()).stream()
        .filter(entry -> entry.event().toString().contains("rule=interpreter"))
        .map(entry -> entry.event().toString().replaceAll(".*source=(s-\\d+).*", "$1"))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Test
  void whatTheInterpreterEndsThemselvesLeavesNothing() {
    Connection aiko = rig.interpret(AIKO, "ja", true);
    aiko.close();
    assertThat(rig.route("ja").rule()).isEqualTo("nobody");
    assertThat(rig.port.of(aiko).closedWhy).isEqualTo(CloseReason.REQUESTED);
    assertThat(
            rig.open(Rig.person("org", Role.ORGANISER))
                .socket()
                .last("booths")
                .at("/booths/0/members"))
        .isEmpty();
  }

  @Test
  void interpretersNeverHearThemselves() {
    rig.speak(SPEAKER, "fr");
    rig.interpret(AIKO, "ja", true);
    Connection ears = rig.listen(AIKO, "ja");
    Wire page = rig.open(AIKO);
    assertThat(page.socket().last("hearing").path("channel").asText()).isEqualTo("floor");
    assertThat(page.socket().last("hearing").path("withoutYou").asBoolean()).isTrue();
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("floor"));
  }

  @Test
  void earsFollowThePivotUntilToldOtherwise() {
    twoBooths(Collision.INTERLOCK);
    rig.speak(SPEAKER, "ja");
    Wire page = rig.open(EMMA);
    rig.interpret(EMMA, "en", true);
    Connection ears = rig.listen(EMMA, "floor");
    assertThat(page.socket().last("booth").at("/incoming/sign").asText())
        .isEqualTo("nobody-interprets");

    rig.interpret(AIKO, "fr", true);
    rig.pass(Duration.ofMillis(200));
    assertThat(page.socket().last("booth").at("/incoming/channel").asText()).isEqualTo("fr");
    assertThat(page.socket().last("booth").at("/incoming/quality").asText()).isEqualTo("+");
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("fr"));

    assertThat(page.outcome("{'type':'incoming','choice':'floor'}")).isEqualTo("done");
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("floor"));
    assertThat(page.outcome("{'type':'incoming','choice':'en'}")).isEqualTo("relay-loop");
    assertThat(page.outcome("{'type':'incoming','choice':'de'}")).isEqualTo("no-such-channel");
    assertThat(page.outcome("{'type':'incoming','choice':'auto'}")).isEqualTo("done");
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("fr"));
  }

  @Test
  void earsFollowTheBoothNoLongerOnceTheSeatInItIsGivenUp() {
    twoBooths(Collision.INTERLOCK);
    rig.speak(SPEAKER, "ja");
    rig.interpret(AIKO, "fr", true);
    Connection emma = rig.interpret(EMMA, "en", true);
    Connection ears = rig.listen(EMMA, "floor");
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("fr"));

    rig.stops(emma);
    rig.port.of(emma).close(CloseReason.GOODBYE);
    rig.pass(LiveLimits.defaults().seatKept().plusSeconds(1));
    assertThat(rig.port.of(ears).outgoing.getFirst().feed).isSameAs(rig.media.channel("floor"));
  }

  private void twoBooths(Collision collision) {
    rig.close();
    rig =
        new Rig(
            Rig.plan(false, collision, List.of("fr", "ja", "en"), Rig.boothFrJa(), Rig.boothEn()));
  }

  static void assertProblem(String type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type().uri()).isEqualTo("/problems/" + type));
  }
}
