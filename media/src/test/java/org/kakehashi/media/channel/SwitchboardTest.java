package org.kakehashi.media.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.channel.SessionState.Booth;
import org.kakehashi.media.channel.SessionState.OnAir;
import org.kakehashi.media.channel.SessionState.OpenMicrophone;
import org.kakehashi.media.channel.SessionState.Uninterpreted;

/** The routing rules, as the table they are specified as. */
class SwitchboardTest {

  /**
   * Columns: what is open on the floor (source:language), the floor's language, the booth fr-ja
   * (outgoing channel, ~ coughing, - closed), the booth en (likewise), the hall's tracks, and what
   * each channel then carries (rule=content).
   */
  @ParameterizedTest(name = "{0} speaking {1}, fr-ja {2}, en {3}, hall {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # floor   | lang | fr-ja | en  | hall | floor        | fr                  | ja                  | en
          -         | -    | -     | -   | -    | NOBODY=      | NOBODY=             | NOBODY=             | NOBODY=
          m1:fr     | fr   | -     | -   | -    | FLOOR=floor  | FLOOR=floor         | UNINTERPRETED=floor | UNINTERPRETED=floor
          m1:fr     | fr   | ja    | -   | -    | FLOOR=floor  | FLOOR=floor         | INTERPRETER=i1      | UNINTERPRETED=floor
          m1:fr     | fr   | ja~   | -   | -    | FLOOR=floor  | FLOOR=floor         | COUGH=              | UNINTERPRETED=floor
          m1:ja     | ja   | ja    | -   | -    | FLOOR=floor  | UNINTERPRETED=floor | INTERPRETER=i1      | UNINTERPRETED=floor
          m1:ja     | ja   | fr    | -   | -    | FLOOR=floor  | INTERPRETER=i1      | FLOOR=floor         | UNINTERPRETED=floor
          m1:fr     | fr   | ja    | en  | -    | FLOOR=floor  | FLOOR=floor         | INTERPRETER=i1      | INTERPRETER=i2
          m1:fr,m2:ja | ja | fr    | en  | -    | FLOOR=floor  | INTERPRETER=i1      | FLOOR=floor         | INTERPRETER=i2
          m1:-      | -    | -     | -   | -    | FLOOR=floor  | UNINTERPRETED=floor | UNINTERPRETED=floor | UNINTERPRETED=floor
          m1:fr     | fr   | -     | -   | ja   | FLOOR=floor  | FLOOR=floor         | HALL=h-ja           | UNINTERPRETED=floor
          m1:fr     | fr   | ja    | -   | ja   | FLOOR=floor  | FLOOR=floor         | INTERPRETER=i1      | UNINTERPRETED=floor
          -         | -    | ja    | -   | -    | NOBODY=      | NOBODY=             | INTERPRETER=i1      | NOBODY=
          m1:fr     | fr   | -     | fr~ | -    | FLOOR=floor  | COUGH=              | UNINTERPRETED=floor | UNINTERPRETED=floor
          m1:de     | de   | -     | en  | -    | FLOOR=floor  | UNINTERPRETED=floor | UNINTERPRETED=floor | INTERPRETER=i2
          """)
  void firstRuleThatMatchesWins(
      String floor,
      String language,
      String frJa,
      String en,
      String hall,
      String floorRoute,
      String fr,
      String ja,
      String enRoute) {
    RoutingTable table =
        Switchboard.route(state(floor, language, frJa, en, hall, Uninterpreted.FLOOR));

    assertThat(table.routes().stream().map(SwitchboardTest::text))
        .containsExactly(floorRoute, fr, ja, enRoute);
  }

  @ParameterizedTest
  @CsvSource({"fr,-,ORIGINAL,UNINTERPRETED,SILENCE", "fr,ja,ORIGINAL,INTERPRETER,INTERPRETATION"})
  void uninterpretedChannelsAreSilentWhereTheEventChoseSo(
      String floorLanguage, String frJa, Rule.Kind fr, Rule jaRule, Rule.Kind ja) {
    RoutingTable table =
        Switchboard.route(state("m1:fr", floorLanguage, frJa, "-", "-", Uninterpreted.SILENCE));

    assertThat(table.route("fr").kind()).isEqualTo(fr);
    assertThat(table.route("ja").rule()).isEqualTo(jaRule);
    assertThat(table.route("ja").kind()).isEqualTo(ja);
  }

  @Test
  void originalIsNeverPassedOffAsInterpretation() {
    RoutingTable table =
        Switchboard.route(state("m1:fr", "fr", "-", "-", "-", Uninterpreted.FLOOR));

    assertThat(table.route("ja").kind()).isEqualTo(Rule.Kind.ORIGINAL);
    assertThat(table.route("ja").language()).isEqualTo("fr");
  }

  @Test
  void theLastBoothToOpenTakesTheChannel() {
    Booth first = booth("one", "ja", new OnAir("i1", false, 100));
    Booth second = booth("two", "ja", new OnAir("i2", false, 200));
    SessionState state =
        new SessionState(
            List.of("fr", "ja"),
            List.of(),
            null,
            List.of(second, first),
            Map.of(),
            Uninterpreted.FLOOR);

    assertThat(Switchboard.route(state).route("ja").booth()).isEqualTo("two");
    assertThat(Switchboard.holder(state, "ja", "two")).contains(first);
    assertThat(Switchboard.holder(state, "fr", "one")).isEmpty();
  }

  @Test
  void warnsOfSpeakingTheFloorsOwnLanguage() {
    SessionState state = state("m1:ja", "ja", "ja", "-", "-", Uninterpreted.FLOOR);

    assertThat(Switchboard.speaksFloorLanguage(state, state.booths().get(0))).isTrue();
    assertThat(Switchboard.speaksFloorLanguage(state, state.booths().get(1))).isFalse();
  }

  @Test
  void tellsWhichRoutesChanged() {
    RoutingTable before =
        Switchboard.route(state("m1:fr", "fr", "-", "-", "-", Uninterpreted.FLOOR));
    RoutingTable after =
        Switchboard.route(state("m1:fr", "fr", "ja", "-", "-", Uninterpreted.FLOOR));

    assertThat(after.changesSince(before)).extracting(Route::channel).containsExactly("ja");
    assertThat(after.changesSince(after)).isEmpty();
  }

  private static SessionState state(
      String floor, String language, String frJa, String en, String hall, Uninterpreted choice) {
    List<OpenMicrophone> microphones = new ArrayList<>();
    if (!floor.equals("-")) {
      for (String microphone : floor.split(",", -1)) {
        String[] parts = microphone.split(":", -1);
        microphones.add(
            new OpenMicrophone(parts[0], "p-" + parts[0], parts[1].equals("-") ? null : parts[1]));
      }
    }
    return new SessionState(
        List.of("fr", "ja", "en"),
        microphones,
        language.equals("-") ? null : language,
        List.of(booth("fr-ja", frJa, "i1"), booth("en", en, "i2")),
        hall.equals("-") ? Map.of() : Map.of(hall, "h-" + hall),
        choice);
  }

  private static Booth booth(String id, String outgoing, String source) {
    return outgoing.equals("-")
        ? new Booth(id, List.of("fr", "ja"), "ja", Optional.empty(), SessionState.AUTO)
        : booth(id, outgoing.replace("~", ""), new OnAir(source, outgoing.endsWith("~"), 1));
  }

  private static Booth booth(String id, String outgoing, OnAir onAir) {
    return new Booth(id, List.of("fr", "ja"), outgoing, Optional.of(onAir), SessionState.AUTO);
  }

  private static String text(Route route) {
    return route.rule()
        + "="
        + switch (route.content()) {
          case Route.Content.Of(String source) -> source;
          case Route.Content.Floor() -> "floor";
          case Route.Content.Silence() -> "";
        };
  }
}
