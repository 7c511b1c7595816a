package org.kakehashi.server.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Route;

/** How loud everything is now. Thread: the session's. */
final class Levels {
  private final Map<String, Double> channels = new LinkedHashMap<>();
  private final Map<String, Double> sources = new LinkedHashMap<>();
  private final Map<String, Integer> listeners;

  private Levels(Map<String, Integer> listeners) {
    this.listeners = listeners;
  }

  /** Looks at every channel and every source. */
  static Levels of(Room room, Map<String, Integer> listeners) {
    long now = room.clock().now();
    Levels levels = new Levels(listeners);
    for (Route route : room.routes().table().routes()) {
      put(levels.channels, route.channel(), room.level(route.channel()));
    }
    for (StageSource source : room.stage().sources()) {
      put(levels.sources, source.id(), source.loudness().level(now));
    }
    for (Booth booth : room.booths().all()) {
      for (Seat seat : booth.seats()) {
        put(levels.sources, seat.source(), seat.loudness().level(now));
      }
    }
    return levels;
  }

  /** All of them: for booth and desk. */
  Message.Levels all() {
    return new Message.Levels(channels, sources, listeners);
  }

  /** Only the channels somebody hears and the sources they are. */
  Message.Levels of(List<String> heard, List<String> own) {
    return new Message.Levels(only(channels, heard), only(sources, own), listeners);
  }

  private static Map<String, Double> only(Map<String, Double> all, List<String> keys) {
    Map<String, Double> some = new LinkedHashMap<>();
    for (String key : keys) {
      put(some, key, all.get(key));
    }
    return some;
  }

  private static void put(Map<String, Double> levels, String key, @Nullable Double level) {
    if (level != null) {
      levels.put(key, level);
    }
  }
}
