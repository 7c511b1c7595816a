package org.kakehashi.media.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.channel.SessionState.Booth;
import org.kakehashi.media.channel.SessionState.Incoming;
import org.kakehashi.media.channel.SessionState.OnAir;
import org.kakehashi.media.channel.SessionState.OpenMicrophone;
import org.kakehashi.media.channel.SessionState.Uninterpreted;

class BoothEarsTest {
  private static final List<String> LANGUAGES = List.of("fr", "ja", "en", "de");

  /** The booth fr-en understands fr and en, works into en; the booth ja-fr works into fr or ja. */
  @ParameterizedTest(name = "floor {0}, ja-fr on {1}, fr-en asks {2}")
  @CsvSource({
    // floor, ja-fr's outgoing, fr-en's choice; fr-en hears, quality, sign
    "fr, -,  auto, floor, FLOOR, NONE",
    "ja, -,  auto, floor, FLOOR, NOBODY_INTERPRETS",
    "ja, fr, auto, fr,    RELAY, NONE",
    "-,  fr, auto, floor, FLOOR, NONE",
    "fr, ja, auto, floor, FLOOR, NONE",
    "de, ja, auto, floor, FLOOR, NOBODY_INTERPRETS",
    "ja, fr, floor, floor, FLOOR, NONE",
    "fr, ja, ja,   ja,    RELAY, NONE",
  })
  void hearsTheFloorOrARelay(
      String floor,
      String frOut,
      String choice,
      String channel,
      Ears.Quality quality,
      Ears.Sign sign) {
    Booth jaFr = booth("ja-fr", List.of("ja", "fr"), frOut, SessionState.AUTO);
    Booth frEn = booth("fr-en", List.of("fr", "en"), "-en", incoming(choice));

    Ears ears = BoothEars.resolve(state(floor, List.of(jaFr, frEn))).get("fr-en");

    assertThat(ears).isEqualTo(new Ears(channel, quality, sign));
  }

  @Test
  void relayOfRelayIsSaid() {
    Booth first = booth("ja-fr", List.of("ja"), "fr", SessionState.AUTO);
    Booth second = booth("fr-en", List.of("fr"), "en", SessionState.AUTO);
    Booth third = booth("en-de", List.of("en"), "de", SessionState.AUTO);

    Map<String, Ears> ears = BoothEars.resolve(state("ja", List.of(third, second, first)));

    assertThat(ears.get("en-de"))
        .isEqualTo(new Ears("en", Ears.Quality.RELAY_OF_RELAY, Ears.Sign.NONE));
  }

  @Test
  void aChoiceThatWouldLoopIsRefused() {
    Booth one = booth("one", List.of("fr"), "ja", new Incoming.ByHand("fr"));
    Booth two = booth("two", List.of("ja"), "fr", SessionState.AUTO);
    SessionState state = state("en", List.of(one, two));

    assertThat(BoothEars.wouldLoop(state, "two", "ja")).isTrue();
    assertThat(BoothEars.wouldLoop(state, "two", "fr")).as("one's own channel").isTrue();
    assertThat(BoothEars.wouldLoop(state, "two", "floor")).isFalse();
  }

  @Test
  void choicesThatBecameALoopFallBackToTheFloor() {
    Booth one = booth("one", List.of("fr"), "ja", new Incoming.ByHand("fr"));
    Booth two = booth("two", List.of("ja"), "fr", new Incoming.ByHand("ja"));

    Map<String, Ears> ears = BoothEars.resolve(state("en", List.of(one, two)));

    assertThat(ears.get("one").channel()).isEqualTo("fr");
    assertThat(ears.get("two"))
        .isEqualTo(new Ears("floor", Ears.Quality.FLOOR, Ears.Sign.WOULD_LOOP));
  }

  @Test
  void nobodyEverHearsThemselvesWhateverTheState() {
    Random random = new Random(20261122);
    for (int i = 0; i < 20_000; i++) {
      SessionState state = randomState(random);
      Map<String, Ears> ears = BoothEars.resolve(state);
      for (Booth booth : state.booths()) {
        assertThat(hearsItself(state, ears, booth.id()))
            .as("%s in %s", booth.id(), state)
            .isFalse();
      }
      assertThat(BoothEars.resolve(state)).as("same state, same answer").isEqualTo(ears);
    }
  }

  @Test
  void anAcceptedChoiceIsHonoured() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      SessionState state = randomState(random);
      Booth booth = state.booths().getFirst();
      String channel = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
      if (!BoothEars.wouldLoop(state, booth.id(), channel)) {
        Booth chosen =
            new Booth(
                booth.id(),
                booth.understands(),
                booth.outgoing(),
                booth.onAir(),
                new Incoming.ByHand(channel));
        List<Booth> booths = new ArrayList<>(state.booths());
        booths.set(0, chosen);
        Ears ears = BoothEars.resolve(state(state.floorLanguage(), booths)).get(booth.id());
        assertThat(ears.channel()).isEqualTo(channel);
      }
    }
  }

  private static boolean hearsItself(SessionState state, Map<String, Ears> ears, String booth) {
    RoutingTable table = Switchboard.route(state);
    Set<String> seen = new HashSet<>();
    String at = booth;
    while (seen.add(at)) {
      Route route = table.route(ears.get(at).channel());
      String carrier = route.isInterpreted() ? route.booth() : null;
      if (carrier == null) {
        return false;
      }
      if (carrier.equals(booth)) {
        return true;
      }
      at = carrier;
    }
    return false;
  }

  private static SessionState randomState(Random random) {
    List<Booth> booths = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      List<String> understands = new ArrayList<>(LANGUAGES);
      java.util.Collections.shuffle(understands, random);
      Incoming incoming =
          random.nextInt(3) > 0
              ? SessionState.AUTO
              : new Incoming.ByHand(LANGUAGES.get(random.nextInt(LANGUAGES.size())));
      booths.add(
          booth(
              "b" + i,
              understands.subList(0, 1 + random.nextInt(3)),
              (random.nextBoolean() ? "" : "-") + LANGUAGES.get(random.nextInt(LANGUAGES.size())),
              incoming));
    }
    String floor = random.nextInt(4) == 0 ? "-" : LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    return state(floor, booths);
  }

  /** An outgoing channel with a leading - is one whose microphone is closed. */
  private static Booth booth(
      String id, List<String> understands, String outgoing, Incoming incoming) {
    Optional<OnAir> onAir =
        outgoing.startsWith("-") ? Optional.empty() : Optional.of(new OnAir("i-" + id, false, 1));
    return new Booth(id, understands, outgoing.replace("-", ""), onAir, incoming);
  }

  private static Incoming incoming(String choice) {
    return choice.equals("auto") ? SessionState.AUTO : new Incoming.ByHand(choice);
  }

  private static SessionState state(String floorLanguage, List<Booth> booths) {
    String language = floorLanguage == null || floorLanguage.equals("-") ? null : floorLanguage;
    return new SessionState(
        LANGUAGES,
        List.of(new OpenMicrophone("m1", "p1", language)),
        language,
        booths,
        Map.of(),
        Uninterpreted.FLOOR);
  }
}
