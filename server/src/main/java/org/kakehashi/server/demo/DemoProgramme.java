package org.kakehashi.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.City;
import org.kakehashi.server.programme.Event;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.programme.RecordingPlan;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.programme.SessionPlan.Collision;
import org.kakehashi.server.programme.SessionPlan.Uninterpreted;

/** What is on at the demo event. Pure. */
final class DemoProgramme {
  /** The session in fr and ja in which nobody is on stage. */
  static final String EMPTY_TWO = "empty-fr-ja";

  /** The session in fr, ja and en in which nobody is on stage. */
  static final String EMPTY_THREE = "empty-fr-ja-en";

  /** The scene that is run by a chair. */
  private static final String CHAIRED = "plenary";

  private static final Event EVENT =
      new Event(
          "nantes-niigata",
          text("fr", "Nantes–Niigata", "ja", "ナント・新潟", "en", "Nantes–Niigata"),
          List.of(
              new City(
                  text("fr", "Nantes", "ja", "ナント", "en", "Nantes"), ZoneId.of("Europe/Paris")),
              new City(
                  text("fr", "Niigata", "ja", "新潟", "en", "Niigata"), ZoneId.of("Asia/Tokyo"))));

  private DemoProgramme() {}

  /** The scenes' sessions, then the empty ones, all begun at the last full hour. */
  static Programme of(List<Scene> scenes, Instant now) {
    Instant starts = now.truncatedTo(ChronoUnit.HOURS);
    Stream<SessionPlan> played = scenes.stream().map(scene -> played(scene, starts));
    return new Programme(
        Stream.concat(played, Stream.of(emptyTwo(starts), emptyThree(starts))).toList());
  }

  static boolean isEmpty(SessionPlan plan) {
    return plan.id().equals(EMPTY_TWO) || plan.id().equals(EMPTY_THREE);
  }

  private static SessionPlan played(Scene scene, Instant starts) {
    List<BoothPlan> booths =
        scene.booths().entrySet().stream()
            .map(
                entry -> {
                  Scene.Booth booth = entry.getValue();
                  return new BoothPlan(
                      entry.getKey(),
                      booth.understands(),
                      booth.outgoing().getFirst(),
                      booth.outgoing().size() > 1 ? booth.outgoing().get(1) : null,
                      List.of());
                })
            .toList();
    return plan(
        scene.id(), scene.title(), scene.languages(), scene.id().equals(CHAIRED), starts, booths);
  }

  private static SessionPlan emptyTwo(Instant starts) {
    return plan(
        EMPTY_TWO,
        text(
            "fr", "Salle d'essai (français, japonais)",
            "ja", "お試しの部屋（フランス語・日本語）",
            "en", "A room to try things in (French, Japanese)"),
        List.of("fr", "ja"),
        false,
        starts,
        List.of(new BoothPlan("fr-ja", List.of("fr", "ja"), "ja", "fr", List.of())));
  }

  private static SessionPlan emptyThree(Instant starts) {
    return plan(
        EMPTY_THREE,
        text(
            "fr", "Salle d'essai (français, japonais, anglais)",
            "ja", "お試しの部屋（フランス語・日本語・英語）",
            "en", "A room to try things in (French, Japanese, English)"),
        List.of("fr", "ja", "en"),
        false,
        starts,
        List.of(
            new BoothPlan("fr-ja", List.of("fr", "ja", "en"), "ja", "fr", List.of()),
            // Does not know Japanese: hears it through the other booth's French.
            new BoothPlan("en", List.of("fr", "en"), "en", "fr", List.of())));
  }

  private static SessionPlan plan(
      String id,
      LocalText title,
      List<String> languages,
      boolean chaired,
      Instant starts,
      List<BoothPlan> booths) {
    return new SessionPlan(
        id,
        EVENT,
        title,
        starts,
        starts.plus(Duration.ofHours(3)),
        languages,
        true,
        chaired,
        Uninterpreted.FLOOR,
        Collision.INTERLOCK,
        booths,
        new RecordingPlan(true, true, List.of()));
  }

  private static LocalText text(String... pairs) {
    Map<String, String> byLanguage = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      byLanguage.put(pairs[i], pairs[i + 1]);
    }
    return new LocalText(byLanguage);
  }
}
