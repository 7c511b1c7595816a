package org.kakehashi.server.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.programme.SessionPlan.Collision;
import org.kakehashi.server.programme.SessionPlan.Uninterpreted;

class ProgrammeReaderTest {
  private static final String VALID =
      """
      events:
        - id: e
          title: {fr: Événement, ja: 会議}
          cities:
            - {name: {fr: Nantes}, zone: Europe/Paris}
          sessions:
            - id: s
              title: {fr: Séance}
              starts: 2026-11-22T09:00
              ends: 2026-11-22T12:00+09:00
              languages: [fr, ja]
              booths:
                - {id: b, understands: [fr, ja], a: ja, b: fr}
      """;

  private final ProgrammeReader reader = new ProgrammeReader();

  @Test
  void readsTheExampleThatIsShipped() {
    Programme programme = reader.read(Path.of("../deploy/programme.example.yaml"));
    SessionPlan plenary = programme.session("plenary").orElseThrow();
    assertThat(plenary.languages()).containsExactly("fr", "ja", "en");
    assertThat(plenary.startsAt()).isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
    assertThat(plenary.chaired()).isTrue();
    assertThat(plenary.uninterpreted()).isEqualTo(Uninterpreted.FLOOR);
    assertThat(plenary.collision()).isEqualTo(Collision.INTERLOCK);
    assertThat(plenary.booth("fr-ja").orElseThrow().retour()).contains("fr");
    assertThat(plenary.event().title().in("ja")).isEqualTo("ナント・新潟交流会議");
    assertThat(plenary.recording().recorded()).isTrue();
    assertThat(plenary.recording().published()).isFalse();
    assertThat(plenary.recording().agenda())
        .extracting(AgendaItem::startsAt)
        .containsExactly(
            Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T08:30:00Z"));
    assertThat(programme.session("workshop-economy").orElseThrow().chaired()).isFalse();
    assertThat(programme.events()).hasSize(1);
  }

  @Test
  void leftOutKeysHaveTheirDefaults() {
    assertThatThrownBy(() -> reader.read(VALID))
        .hasMessage("events[0].sessions[0].ends: must be after starts");
    SessionPlan plan = reader.read(VALID.replace("12:00+09:00", "12:00")).sessions().getFirst();
    assertThat(plan.open()).isFalse();
    assertThat(plan.chaired()).isTrue();
    assertThat(plan.booths().getFirst().members()).isEqualTo(List.of());
    assertThat(plan.recording()).isEqualTo(new RecordingPlan(true, false, List.of()));
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id: s           | id: 'a b'           | events[0].sessions[0].id               | must have
          a: ja           | a: en               | events[0].sessions[0].booths[0].a      | not among
          b: fr           | b: ja               | events[0].sessions[0].booths[0].b      | must differ
          [fr, ja]        | [fr, fr]            | events[0].sessions[0].languages        | twice
          [fr, ja]        | [fr, 'f r']         | events[0].sessions[0].languages        | language tag
          Europe/Paris    | Europe/Nantes       | events[0].cities[0].zone               | time zone
          languages:      | langauges:          | events[0].sessions[0].langauges        | not a key
          booths:         | collision: fight    | events[0].sessions[0].collision        | interlock or override
          booths:         | chaired: perhaps    | events[0].sessions[0].chaired          | true or false
          2026-11-22T09:00 | tomorrow           | events[0].sessions[0].starts           | must be a time
          {fr: Séance}    | {}                  | events[0].sessions[0].title            | 1 to 16 languages
          {fr: Séance}    | Séance              | events[0].sessions[0].title            | mapping
          events:         | other:              | other                                  | not a key
          """)
  void mistakesAreNamed(String right, String wrong, String key, String what) {
    String text = VALID.replace("12:00+09:00", "12:00");
    String spoilt =
        right.equals("booths:")
            ? text.replaceAll("(?s)booths:.*", wrong)
            : text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
    assertThatThrownBy(() -> reader.read(spoilt))
        .isInstanceOfSatisfying(ProgrammeException.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageContaining(what);
  }

  @Test
  void sessionsAreCalledDifferently() {
    String two =
        """
        events:
          - id: e
            title: {fr: E}
            sessions:
              - {id: s, title: {fr: S}, languages: [fr]}
              - {id: s, title: {fr: S}, languages: [fr]}
        """;
    assertThatThrownBy(() -> reader.read(two))
        .hasMessage("events[0].sessions[1].id: another session is called s");
  }

  @Test
  void whatIsNoProgrammeIsSaidToBeNone(@TempDir Path folder) {
    assertThatThrownBy(() -> reader.read("")).hasMessage("The programme is empty");
    assertThatThrownBy(() -> reader.read("a: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> reader.read("- 1")).hasMessageContaining("mapping");
    assertThatThrownBy(() -> reader.read(folder.resolve("none.yaml")))
        .hasMessageContaining("no programme at");
  }
}
