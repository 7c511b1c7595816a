package org.kakehashi.media.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard's answer: what every channel carries, the floor first, then the languages in the
 * session's order.
 *
 * @param floorLanguage the language spoken on the floor; null if unknown
 * @param routes one a channel
 */
public record RoutingTable(@Nullable String floorLanguage, List<Route> routes) {
  /** The name of the floor's channel. */
  public static final String FLOOR = "floor";

  public RoutingTable {
    routes = List.copyOf(routes);
  }

  /**
   * The route of {@code channel}.
   *
   * @throws IllegalArgumentException if the session has no such channel
   */
  public Route route(String channel) {
    for (Route route : routes) {
      if (route.channel().equals(channel)) {
        return route;
      }
    }
    throw new IllegalArgumentException("No channel " + channel + " in this session");
  }

  /** Whether the session has {@code channel}. */
  public boolean has(String channel) {
    return routes.stream().anyMatch(route -> route.channel().equals(channel));
  }

  /** The routes that differ from those in {@code before}, or are new. */
  public List<Route> changesSince(RoutingTable before) {
    Map<String, Route> old = new LinkedHashMap<>();
    before.routes.forEach(route -> old.put(route.channel(), route));
    return routes.stream().filter(route -> !route.equals(old.get(route.channel()))).toList();
  }
}
