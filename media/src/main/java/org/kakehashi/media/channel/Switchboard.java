package org.kakehashi.media.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.channel.SessionState.Booth;
import org.kakehashi.media.channel.SessionState.OnAir;
import org.kakehashi.media.channel.SessionState.Uninterpreted;

/**
 * Decides which source feeds which channel: a pure function of the session's state, specified and
 * tested as a table. For a language channel the first rule that matches wins:
 *
 * <ol>
 *   <li>a booth has its microphone open into it → that interpreter (silence while they cough);
 *   <li>the hall feed brings a track for it → that track;
 *   <li>the floor speaks it → the floor;
 *   <li>nobody interprets into it → the floor or silence, by the event's choice.
 * </ol>
 *
 * <p>Thread: any; no state.
 */
public final class Switchboard {
  private Switchboard() {}

  /** The routes of all channels in {@code state}. */
  public static RoutingTable route(SessionState state) {
    List<Route> routes = new ArrayList<>();
    routes.add(floor(state));
    for (String language : state.languages()) {
      routes.add(language(state, language));
    }
    return new RoutingTable(state.floorLanguage(), routes);
  }

  /**
   * The booth that another one would disturb by opening into {@code channel}: with interlock the
   * opening is refused, with override this booth loses the channel.
   */
  public static Optional<Booth> holder(SessionState state, String channel, String exceptBooth) {
    return state.booths().stream()
        .filter(booth -> !booth.id().equals(exceptBooth))
        .filter(booth -> booth.onAir().isPresent() && booth.outgoing().equals(channel))
        .max(Comparator.comparingLong(booth -> booth.onAir().map(OnAir::sinceTicks).orElse(0L)));
  }

  /**
   * Whether {@code booth} speaks the floor's own language into a channel: it is warned, no more.
   */
  public static boolean speaksFloorLanguage(SessionState state, Booth booth) {
    return booth.onAir().isPresent() && booth.outgoing().equals(state.floorLanguage());
  }

  private static Route floor(SessionState state) {
    if (state.floor().isEmpty()) {
      return silent(RoutingTable.FLOOR, Rule.NOBODY);
    }
    return original(state, RoutingTable.FLOOR, Rule.FLOOR);
  }

  private static Route language(SessionState state, String language) {
    Optional<Booth> booth = holder(state, language, "");
    if (booth.isPresent()) {
      return interpreted(booth.get(), language);
    }
    String hallTrack = state.hallTracks().get(language);
    if (hallTrack != null) {
      return new Route(
          language,
          Rule.HALL,
          new Route.Content.Of(hallTrack),
          Rule.HALL.usualKind(),
          null,
          language);
    }
    if (state.floor().isEmpty()) {
      return silent(language, Rule.NOBODY);
    }
    if (language.equals(state.floorLanguage())) {
      return original(state, language, Rule.FLOOR);
    }
    return state.uninterpreted() == Uninterpreted.FLOOR
        ? original(state, language, Rule.UNINTERPRETED)
        : silent(language, Rule.UNINTERPRETED);
  }

  private static Route interpreted(Booth booth, String language) {
    OnAir onAir = booth.onAir().orElseThrow();
    Rule rule = onAir.coughing() ? Rule.COUGH : Rule.INTERPRETER;
    Route.Content content = onAir.coughing() ? Route.SILENCE : new Route.Content.Of(onAir.source());
    return new Route(language, rule, content, rule.usualKind(), booth.id(), language);
  }

  private static Route original(SessionState state, String channel, Rule rule) {
    return new Route(channel, rule, Route.FLOOR, Rule.Kind.ORIGINAL, null, state.floorLanguage());
  }

  private static Route silent(String channel, Rule rule) {
    return new Route(channel, rule, Route.SILENCE, Rule.Kind.SILENCE, null, null);
  }
}
