package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.live.BoothRulesTest.assertProblem;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

class SessionEndTest {
  private static final Person CHAIR = Rig.person("chair", Role.CHAIR);
  private static final Person GUEST = Rig.person("guest", Role.ATTENDEE);

  @Test
  void anEndSilencesEverythingAndCanBeUndone() {
    try (Rig rig = new Rig(Rig.meeting())) {
      Wire desk = rig.open(CHAIR);
      Wire attendee = rig.open(GUEST);
      rig.speak(CHAIR, "fr");
      Connection ears = rig.listen(GUEST, "fr");
      assertThat(rig.rule("fr")).isEqualTo("floor Name of chair");

      assertThat(attendee.outcome("{'type':'session.end'}")).isEqualTo("wrong-role");
      assertThat(desk.outcome("{'type':'session.end'}")).isEqualTo("done");
      assertThat(attendee.socket().last("ended").path("resumableUntil").asText())
          .startsWith("2026-11-22T09:01:00");
      assertThat(rig.route("fr").kind()).isEqualTo("silence");
      assertThat(rig.session.state()).isEqualTo(LiveSession.State.ENDED);
      assertThat(rig.port.of(ears).closedWhy).isNull();
      assertProblem("session-ended", () -> rig.session.listen(GUEST, "audio", "fr"));
      assertThat(desk.outcome("{'type':'picture','source':null}")).isEqualTo("session-ended");

      rig.pass(Duration.ofSeconds(30));
      assertThat(desk.outcome("{'type':'session.resume'}")).isEqualTo("done");
      assertThat(rig.rule("fr")).isEqualTo("floor Name of chair");
      assertThat(attendee.socket().last("welcome").at("/session/state").asText()).isEqualTo("live");
      rig.pass(Duration.ofMinutes(2));
      assertThat(attendee.socket().closedWith).isZero();
    }
  }

  @Test
  void aMinuteLaterEverybodyIsDisconnected() {
    try (Rig rig = new Rig(Rig.meeting())) {
      Wire desk = rig.open(CHAIR);
      Connection ears = rig.listen(GUEST, "fr");
      desk.ask("{'type':'session.end'}");
      rig.pass(Duration.ofSeconds(61));
      assertThat(desk.socket().closedWith).isEqualTo(4410);
      assertThat(rig.port.of(ears).closedWhy).isEqualTo(CloseReason.SESSION_ENDED);
      assertThat(rig.session.connection(ears.id())).isEmpty();
    }
  }

  @Test
  void aServerThatStopsSaysSo() {
    Rig rig = new Rig(Rig.meeting());
    Wire desk = rig.open(CHAIR);
    Connection ears = rig.listen(GUEST, "fr");
    rig.close();
    assertThat(desk.socket().closedWith).isEqualTo(1001);
    assertThat(rig.port.of(ears).closedWhy).isEqualTo(CloseReason.SHUTDOWN);
    assertThat(rig.journal.entries().getLast().event()).isInstanceOf(JournalEvent.Closed.class);
  }

  @Test
  void theJournalTellsWhatHappenedAndWhenOnTheMediaClock() {
    try (Rig rig = new Rig(Rig.meeting())) {
      rig.pass(Duration.ofSeconds(10));
      Connection chair = rig.speak(CHAIR, "fr");
      rig.listen(GUEST, "fr");
      rig.pass(Duration.ofSeconds(1));
      chair.close();
      List<JournalEntry> entries = rig.journal.entries();
      assertThat(entries.getFirst().event()).isInstanceOf(JournalEvent.Started.class);
      assertThat(entries.stream().map(JournalEntry::event))
          .contains(
              new JournalEvent.Joined("chair", "Name of chair", "chair"),
              new JournalEvent.Route("floor", "floor", "original", null, null, "fr"),
              new JournalEvent.Route("fr", "floor", "original", null, null, "fr"),
              new JournalEvent.Route("ja", "uninterpreted", "original", null, null, "fr"),
              new JournalEvent.FloorLanguage("fr", "detected"),
              new JournalEvent.OnStage(
                  "s-1", "chair", "Name of chair", "speaker", "on", "open", "fr"),
              new JournalEvent.OnStage(
                  "s-1", "chair", "Name of chair", "speaker", "left", "closed", "fr"),
              new JournalEvent.Left("chair"));
      assertThat(entries.toString()).doesNotContain("guest");
      JournalEntry joined =
          entries.stream()
              .filter(entry -> entry.event() instanceof JournalEvent.Joined)
              .findFirst()
              .orElseThrow();
      assertThat(joined.ticks()).isEqualTo(480_000);
      assertThat(joined.at()).hasToString("2026-11-22T09:00:10Z");
    }
  }
}
