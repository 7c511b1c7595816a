package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.programme.LocalText;

class RecordingAccessTest {
  @TempDir Path folder;

  /** 200, or the status of the refusal; elsewhere: an organiser of another event. */
  @ParameterizedTest(name = "{0} {1}, {2}")
  @CsvSource({
    // action, session, recording,      none, attendee, speaker, technician, chair, organiser, else
    "play, public,  published,           200, 200, 200, 200, 200, 200, 200",
    "play, private, published,           401, 200, 200, 200, 200, 200, 403",
    "play, public,  held,                403, 403, 403, 403, 200, 200, 403",
    "play, private, held,                401, 403, 403, 403, 200, 200, 403",
    "play, public,  deleted,             404, 404, 404, 404, 404, 404, 404",
    "see,  public,  published,           200, 200, 200, 200, 200, 200, 200",
    "see,  private, held,                401, 403, 403, 403, 200, 200, 403",
    "see,  public,  deleted,             404, 404, 404, 404, 200, 200, 404",
    "edit, public,  published,           401, 403, 403, 403, 200, 200, 403",
    "edit, private, held,                401, 403, 403, 403, 200, 200, 403",
  })
  void whoMayDoWhat(
      String action,
      String session,
      String state,
      int none,
      int attendee,
      int speaker,
      int technician,
      int chair,
      int organiser,
      int elsewhere) {
    Recorded recorded = recorded(session.equals("public"), state);
    Person stranger = Person.of("p", "n", Role.ORGANISER, new Scope.WholeEvent("another"));

    assertThat(status(action, Optional.empty(), recorded)).as("nobody").isEqualTo(none);
    Optional<Person> guest = Optional.of(Person.guest("plenary", new Random(1)));
    assertThat(status(action, guest, recorded)).as("guest").isIn(none, none == 401 ? 403 : none);
    assertThat(status(action, of(Role.ATTENDEE), recorded)).isEqualTo(attendee);
    assertThat(status(action, of(Role.SPEAKER), recorded)).isEqualTo(speaker);
    assertThat(status(action, of(Role.TECHNICIAN), recorded)).isEqualTo(technician);
    assertThat(status(action, of(Role.CHAIR), recorded)).isEqualTo(chair);
    assertThat(status(action, of(Role.ORGANISER), recorded)).isEqualTo(organiser);
    assertThat(status(action, Optional.of(stranger), recorded)).as("else").isEqualTo(elsewhere);
  }

  private static Optional<Person> of(Role role) {
    return Optional.of(Person.of("p", "n", role, new Scope.OneSession("plenary")));
  }

  private static int status(String action, Optional<Person> who, Recorded recorded) {
    try {
      switch (action) {
        case "play" -> RecordingAccess.requirePlay(who, recorded);
        case "see" -> RecordingAccess.requireSee(who, recorded);
        default -> RecordingAccess.requireEdit(who, recorded);
      }
      return 200;
    } catch (ProblemException refused) {
      return refused.problem().type().status();
    }
  }

  private Recorded recorded(boolean open, String state) {
    LocalText title = new LocalText(Map.of("fr", "Plénière"));
    return new Recorded(
        folder,
        new DocumentFile(),
        new RecordingDocument(
            "plenary",
            title,
            new RecordingDocument.EventName("summit", title),
            List.of("fr"),
            open,
            !state.equals("held"),
            List.of(),
            null,
            Map.of(),
            List.of(),
            null,
            state.equals("deleted") ? Instant.EPOCH : null,
            null));
  }
}
