package org.kakehashi.media.channel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.SessionState.Booth;
import org.kakehashi.media.channel.SessionState.Incoming;

/**
 * Decides what every booth hears: the floor, a relay through the pivot language, or a channel
 * chosen by hand. No booth ever hears itself, directly or through others. Pure; thread: any.
 */
public final class BoothEars {
  private BoothEars() {}

  /** What each booth of {@code state} hears, by booth id, in the state's order. */
  public static Map<String, Ears> resolve(SessionState state) {
    Map<String, String> carriers = carriers(Switchboard.route(state));
    // Booths are settled one after another; each looks along the relays settled before it, so the
    // last to close a circle is the one that is kept out of it. Choices by hand come first.
    Map<String, String> channels = new HashMap<>();
    Map<String, Ears.Sign> signs = new HashMap<>();
    for (Booth booth : state.booths()) {
      if (booth.incoming() instanceof Incoming.ByHand(String channel)) {
        boolean loops = reaches(channel, booth.id(), carriers, channels);
        channels.put(booth.id(), loops ? RoutingTable.FLOOR : channel);
        signs.put(booth.id(), loops ? Ears.Sign.WOULD_LOOP : Ears.Sign.NONE);
      }
    }
    for (Booth booth : state.booths()) {
      if (booth.incoming() instanceof Incoming.Auto) {
        settle(state, booth, carriers, channels, signs);
      }
    }
    Map<String, Ears> ears = new LinkedHashMap<>();
    for (Booth booth : state.booths()) {
      String channel = channels.getOrDefault(booth.id(), RoutingTable.FLOOR);
      ears.put(
          booth.id(),
          new Ears(
              channel,
              quality(channel, carriers, channels),
              signs.getOrDefault(booth.id(), Ears.Sign.NONE)));
    }
    return ears;
  }

  /**
   * Whether {@code booth}, were it to speak now, would hear itself if it chose {@code channel}.
   * Such a choice is refused.
   */
  public static boolean wouldLoop(SessionState state, String booth, String channel) {
    SessionState speaking =
        new SessionState(
            state.languages(),
            state.floor(),
            state.floorLanguage(),
            state.booths().stream()
                .map(b -> b.id().equals(booth) ? b.speakingInto(b.outgoing()) : b)
                .toList(),
            state.hallTracks(),
            state.uninterpreted());
    Map<String, String> heard = new HashMap<>();
    resolve(speaking).forEach((id, ears) -> heard.put(id, ears.channel()));
    return reaches(channel, booth, carriers(Switchboard.route(speaking)), heard);
  }

  private static void settle(
      SessionState state,
      Booth booth,
      Map<String, String> carriers,
      Map<String, String> channels,
      Map<String, Ears.Sign> signs) {
    String floorLanguage = state.floorLanguage();
    boolean follows = floorLanguage == null || booth.understands().contains(floorLanguage);
    Optional<String> pivot =
        booth.understands().stream()
            .filter(carriers::containsKey)
            .filter(language -> !reaches(language, booth.id(), carriers, channels))
            .findFirst();
    channels.put(booth.id(), follows ? RoutingTable.FLOOR : pivot.orElse(RoutingTable.FLOOR));
    signs.put(
        booth.id(), follows || pivot.isPresent() ? Ears.Sign.NONE : Ears.Sign.NOBODY_INTERPRETS);
  }

  /** Which booth speaks into each interpreted channel; "" where it is the hall's own. */
  private static Map<String, String> carriers(RoutingTable table) {
    Map<String, String> carriers = new HashMap<>();
    for (Route route : table.routes()) {
      if (route.isInterpreted()) {
        String booth = route.booth();
        carriers.put(route.channel(), booth == null ? "" : booth);
      }
    }
    return carriers;
  }

  /** Whether {@code booth}'s voice comes back on {@code channel} along the relays known so far. */
  private static boolean reaches(
      String channel, String booth, Map<String, String> carriers, Map<String, String> heard) {
    Set<String> seen = new HashSet<>();
    @Nullable String next = channel;
    while (next != null && seen.add(next)) {
      String carrier = carriers.get(next);
      if (carrier == null) {
        return false; // The floor, or the original.
      }
      if (carrier.equals(booth)) {
        return true;
      }
      next = heard.get(carrier);
    }
    return false;
  }

  private static Ears.Quality quality(
      String channel, Map<String, String> carriers, Map<String, String> heard) {
    String carrier = carriers.get(channel);
    if (carrier == null) {
      return Ears.Quality.FLOOR;
    }
    String theirs = heard.getOrDefault(carrier, RoutingTable.FLOOR);
    return carriers.containsKey(theirs) ? Ears.Quality.RELAY_OF_RELAY : Ears.Quality.RELAY;
  }
}
