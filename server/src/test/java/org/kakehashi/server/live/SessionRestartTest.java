package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.live.BoothRulesTest.assertProblem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Lifecycle;
import org.kakehashi.server.store.Lifecycle.State;

/** What a server that was down makes of the sessions it had. */
class SessionRestartTest {
  private static final Person CHAIR = Rig.person("chair", Role.CHAIR);
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  private final List<String> recorder = new ArrayList<>();

  @Test
  void aSessionThatWasLiveGoesOnAndSoDoesItsRecording() {
    try (Rig rig = rig(new Lifecycle(State.LIVE, null, NOW.minusSeconds(3600)))) {
      assertThat(rig.session.state()).isEqualTo(LiveSession.State.LIVE);
      assertThat(recorder).containsExactly("records");
      assertThat(events(rig).getFirst()).isInstanceOf(JournalEvent.Started.class);
    }
    assertThat(recorder).containsExactly("records", "stops");
  }

  @Test
  void anEndCanStillBeUndoneInItsTime() {
    try (Rig rig = rig(new Lifecycle(State.ENDED, NOW.minusSeconds(20), NOW))) {
      assertThat(rig.session.state()).isEqualTo(LiveSession.State.ENDED);
      assertThat(recorder).containsExactly("records");
      Wire desk = rig.open(CHAIR);
      assertThat(desk.socket().last("ended").path("resumableUntil").asText())
          .startsWith("2026-11-22T09:00:40");
      rig.pass(Duration.ofSeconds(30));
      assertThat(desk.outcome("{'type':'session.resume'}")).isEqualTo("done");
      rig.pass(Duration.ofMinutes(2));
      assertThat(rig.session.state()).isEqualTo(LiveSession.State.LIVE);
    }
  }

  @Test
  void itIsOverWhenItsTimeHasRunOutMeanwhile() {
    try (Rig rig = rig(new Lifecycle(State.ENDED, NOW.minusSeconds(61), NOW))) {
      assertThat(recorder).containsExactly("is only played");
      assertThat(events(rig)).hasAtLeastOneElementOfType(JournalEvent.Over.class);
      assertThat(rig.open(CHAIR).outcome("{'type':'session.resume'}")).isEqualTo("session-ended");
      assertProblem("session-ended", () -> rig.session.listen(CHAIR, "audio", "fr"));
    }
  }

  @Test
  void whatIsOverStaysOver() {
    try (Rig rig = rig(new Lifecycle(State.OVER, NOW.minusSeconds(61), NOW))) {
      assertThat(rig.session.state()).isEqualTo(LiveSession.State.ENDED);
      assertThat(recorder).containsExactly("is only played");
      rig.pass(Duration.ofMinutes(2));
      assertThat(events(rig)).doesNotHaveAnyElementsOfTypes(JournalEvent.Started.class);
    }
  }

  @Test
  void theRecordingEndsWhenTheEndCanNoLongerBeUndone() {
    try (Rig rig = rig(Lifecycle.NOTHING)) {
      Wire desk = rig.open(CHAIR);
      desk.ask("{'type':'session.end'}");
      rig.pass(Duration.ofSeconds(59));
      assertThat(recorder).containsExactly("records");
      rig.pass(Duration.ofSeconds(2));
      assertThat(recorder).containsExactly("records", "is whole");
      assertThat(Lifecycle.of(rig.journal.entries()).state()).isEqualTo(State.OVER);
    }
  }

  @Test
  void aServersStopEndsNoSession() {
    Rig rig = rig(Lifecycle.NOTHING);
    rig.close();

    assertThat(events(rig).getLast()).isInstanceOf(JournalEvent.Closed.class);
    assertThat(Lifecycle.of(rig.journal.entries()).state()).isEqualTo(State.LIVE);
  }

  @Test
  void theDeskIsToldMoreOfARecordingThanOthers() {
    try (Rig rig = rig(Lifecycle.NOTHING)) {
      Wire desk = rig.open(CHAIR);
      Wire attendee = rig.open(Rig.person("guest", Role.ATTENDEE));
      assertThat(desk.socket().last("recording").toString())
          .isEqualTo(
              "{\"type\":\"recording\",\"state\":\"recording\",\"sinceTicks\":0,\"bytes\":7,"
                  + "\"hoursLeft\":2.5,\"warning\":\"disk-low\",\"transcoded\":[\"picture\"],"
                  + "\"detail\":null}");
      assertThat(attendee.socket().last("recording").toString())
          .isEqualTo("{\"type\":\"recording\",\"state\":\"recording\"}");
    }
  }

  private Rig rig(Lifecycle past) {
    return new Rig(
        Rig.meeting(),
        LiveLimits.defaults(),
        (plan, media, over, journal) -> {
          recorder.add(over ? "is only played" : "records");
          return new FakeRecording();
        },
        past);
  }

  private static List<JournalEvent> events(Rig rig) {
    return rig.journal.entries().stream().map(JournalEntry::event).toList();
  }

  private final class FakeRecording implements SessionRecording {
    @Override
    public RecordingStatus look() {
      return new RecordingStatus(
          RecordingStatus.State.RECORDING,
          0L,
          7,
          2.5,
          RecordingStatus.Warning.DISK_LOW,
          List.of("picture"),
          null);
    }

    @Override
    public void over() {
      recorder.add("is whole");
    }

    @Override
    public void close() {
      recorder.add("stops");
    }
  }
}
