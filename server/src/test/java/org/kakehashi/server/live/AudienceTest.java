package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.SessionState.Uninterpreted;
import org.kakehashi.media.channel.Switchboard;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.people.Role;

class AudienceTest {
  private final Rig rig = new Rig(Rig.meeting());
  private final Audience audience = new Audience(rig.media);
  private final Booths booths =
      new Booths(Rig.meeting(), () -> state(null), (person, notice, by) -> {});

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whoComesIsNoReasonToLookAtThosePresentAgain() {
    Hearer first = come("first", Role.ATTENDEE);
    audience.settle(decision("fr"), booths);
    Message.Hearing told = first.hearing();
    Hearer second = come("second", Role.ATTENDEE);
    audience.settle(decision("fr"), booths);
    assertThat(second.hearing()).isNotNull();
    assertThat(first.hearing()).isNotNull().isSameAs(told);
  }

  @Test
  void everybodyIsLookedAtWhereTheDecisionIsNew() {
    Hearer first = come("first", Role.ATTENDEE);
    Hearer second = come("second", Role.ATTENDEE);
    audience.settle(decision(null), booths);
    assertThat(first.hearing()).extracting(Message.Hearing::language).isNull();
    audience.settle(decision("fr"), booths);
    assertThat(List.of(first, second))
        .allSatisfy(each -> assertThat(each.hearing().language()).isEqualTo("fr"));
  }

  @Test
  void whoAsksForSomethingElseIsLookedAt() {
    Hearer hearer = come("first", Role.ATTENDEE);
    audience.settle(decision("fr"), booths);
    audience.change(hearer.connection().id()).orElseThrow().ask("floor");
    audience.settle(decision("fr"), booths);
    assertThat(hearer.hears()).isEqualTo("floor");
    assertThat(hearer.hearing().channel()).isEqualTo("floor");
  }

  @Test
  void whoWorksInABoothIsAlwaysLookedAt() {
    Hearer hearer = come("aiko", Role.INTERPRETER);
    audience.settle(decision("fr"), booths);
    Message.Hearing told = hearer.hearing();
    audience.settle(decision("fr"), booths);
    assertThat(hearer.hearing()).isEqualTo(told).isNotSameAs(told);
  }

  @Test
  void whoLeftBeforeBeingLookedAtIsForgotten() {
    Hearer hearer = come("first", Role.ATTENDEE);
    audience.remove(hearer.connection().id());
    audience.settle(decision("fr"), booths);
    assertThat(hearer.hearing()).isNull();
    assertThat(audience.size()).isZero();
  }

  @Test
  void whoIsSentLessOfThePicturesIsCounted() {
    Hearer first = come("first", Role.ATTENDEE);
    Hearer second = come("second", Role.ATTENDEE);
    come("third", Role.ATTENDEE);
    assertThat(audience.reduced())
        .containsExactly(Map.entry("reduced", 0), Map.entry("slides", 0), Map.entry("none", 0));
    first.see(PictureService.SOUND_ONLY);
    second.see(PictureService.REDUCED);
    assertThat(audience.reduced()).containsEntry("none", 1).containsEntry("reduced", 1);
    second.see(PictureService.FULL);
    audience.remove(first.connection().id());
    assertThat(audience.reduced().values()).containsOnly(0);
  }

  private Hearer come(String person, Role role) {
    MediaConnection connection = (MediaConnection) rig.listen(Rig.person(person, role), "ja");
    Hearer hearer = new Hearer(connection, "ja", false, rig.media);
    audience.add(hearer);
    return hearer;
  }

  private static Audience.Decision decision(@Nullable String floorLanguage) {
    return new Audience.Decision(Switchboard.route(state(floorLanguage)), Map.of(), List.of());
  }

  private static SessionState state(@Nullable String floorLanguage) {
    return new SessionState(
        List.of("fr", "ja"),
        List.of(new SessionState.OpenMicrophone("s-1", "p", floorLanguage)),
        floorLanguage,
        List.of(),
        Map.of(),
        Uninterpreted.FLOOR);
  }
}
