package org.kakehashi.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.SessionPlan;

class DemoTest {
  @TempDir Path data;

  private List<SessionPlan> sessions = List.of();

  @BeforeEach
  void unpack() {
    try (Demo demo = new Demo(data, Instant.parse("2026-11-22T09:41:00Z"))) {
      sessions = demo.programme().sessions();
    }
  }

  @Test
  void aPlenaryThreeWorkshopsAndTwoEmptyRooms() {
    assertThat(sessions)
        .extracting(SessionPlan::id)
        .containsExactly(
            "plenary", "economy", "society", "environment", "empty-fr-ja", "empty-fr-ja-en");
    assertThat(sessions.stream().filter(DemoProgramme::isEmpty))
        .extracting(SessionPlan::languages)
        .containsExactly(List.of("fr", "ja"), List.of("fr", "ja", "en"));
    assertThat(sessions.stream().filter(plan -> plan.languages().contains("en"))).hasSize(2);
    assertThat(sessions).allMatch(plan -> plan.title().byLanguage().containsKey("ja"));
    assertThat(sessions)
        .allMatch(plan -> Instant.parse("2026-11-22T09:00:00Z").equals(plan.startsAt()));
  }

  @Test
  void inTheEmptyRoomsSpeakersAreOnAtOnceAndEveryLanguageHasABooth() {
    for (SessionPlan plan : sessions.stream().filter(DemoProgramme::isEmpty).toList()) {
      assertThat(plan.chaired()).isFalse();
      assertThat(plan.languages())
          .allMatch(
              language -> plan.booths().stream().anyMatch(booth -> booth.worksInto(language)));
    }
  }

  @Test
  void aNewcomerMayBeAnybody() {
    for (SessionPlan plan : sessions) {
      Map<String, Person> people = DemoPeople.of(plan);
      assertThat(people)
          .containsOnlyKeys(
              "attendee",
              "interpreter",
              "interpreter2",
              "speaker",
              "speaker2",
              "chair",
              "technician",
              "organiser",
              "hall");
      assertThat(people.values().stream().map(Person::id)).doesNotHaveDuplicates();
      assertThat(people.values())
          .allMatch(person -> person.scope().covers(plan.event().id(), plan.id()));
      assertThat(people.get("interpreter").booth().flatMap(plan::booth)).isPresent();
    }
  }

  @Test
  void everySessionIsRecordedAndItsReplayOpen() {
    assertThat(sessions).allMatch(plan -> plan.recording().recorded());
    assertThat(sessions).allMatch(plan -> plan.recording().published());
    Configuration configured = Demo.configured(Configuration.defaults(data, Map.of()));
    assertThat(configured.recordings().longest()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void aDemoStartedAgainSoonGoesOnLaterItBeginsAnew() throws IOException {
    Path recordings = data.resolve("recordings");
    Path other = Files.createDirectories(recordings.resolve("council")).resolve("journal.jsonl");
    Path journal = Files.createDirectories(recordings.resolve("plenary")).resolve("journal.jsonl");
    Files.createDirectories(recordings.resolve("economy/floor"));
    Files.writeString(recordings.resolve("economy/floor/1.m4s"), "");
    Files.writeString(other, "");
    Files.writeString(journal, "");
    Instant stopped = Files.getLastModifiedTime(journal).toInstant();

    new Demo(data, stopped.plusSeconds(600)).close();
    assertThat(recordings.resolve("economy/floor/1.m4s")).exists();
    new Demo(data, stopped.plusSeconds(1000)).close();
    assertThat(recordings.resolve("economy")).doesNotExist();
    assertThat(journal).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void everyRecordingIsThereAndEverySwitchIsToALanguageOfItsBooth() {
    DemoFiles files = new DemoFiles(data.resolve("demo"));
    for (Scene scene : files.unpack()) {
      scene
          .speakers()
          .values()
          .forEach(s -> assertThat(files.path(scene.id(), s.file())).isNotEmptyFile());
      SessionPlan plan =
          sessions.stream().filter(p -> p.id().equals(scene.id())).findFirst().orElseThrow();
      assertThat(scene.switches()).isNotEmpty();
      for (Scene.Switch next : scene.switches()) {
        BoothPlan booth = plan.booth(next.booth()).orElseThrow();
        assertThat(booth.worksInto(next.outgoing())).isTrue();
        assertThat(next.atMs()).isBetween(0L, scene.lengthMs());
      }
    }
  }
}
