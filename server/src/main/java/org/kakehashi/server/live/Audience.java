package org.kakehashi.server.live;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Ears;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.channel.Rule;
import org.kakehashi.media.session.MediaSession;

/** Everybody who listens, and what each of them hears. Thread: the session's. */
final class Audience {
  private final Map<String, Hearer> hearers = new LinkedHashMap<>();
  private final MediaSession media;

  Audience(MediaSession media) {
    this.media = media;
  }

  void add(Hearer hearer) {
    hearers.put(hearer.connection().id(), hearer);
  }

  void remove(String connection) {
    hearers.remove(connection);
  }

  Collection<Hearer> all() {
    return Collections.unmodifiableCollection(hearers.values());
  }

  Optional<Hearer> find(String connection) {
    return Optional.ofNullable(hearers.get(connection));
  }

  /** How many hear each channel of {@code table} now. */
  Map<String, Integer> counts(RoutingTable table) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    table.routes().forEach(route -> counts.put(route.channel(), 0));
    for (Hearer hearer : hearers.values()) {
      if (hearer.connection().isReady()) {
        counts.merge(hearer.hears(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Lets everybody hear what they are to hear by {@code table}. */
  void settle(RoutingTable table, Map<String, Ears> ears, Booths booths) {
    hearers.values().forEach(hearer -> settle(hearer, table, ears, booths));
  }

  /** Lets one hear what they are to hear. */
  void settle(Hearer hearer, RoutingTable table, Map<String, Ears> ears, Booths booths) {
    @Nullable Seat seat = booths.seat(hearer.person()).orElse(null);
    String channel = hearer.wanted(table);
    if (hearer.followsBooth() && seat != null) {
      Ears theirs = ears.get(seat.booth().id());
      channel = theirs == null ? RoutingTable.FLOOR : theirs.channel();
    }
    boolean ownVoice = Hearer.isOwnVoice(table.route(channel), seat == null ? null : seat.source());
    if (ownVoice) {
      channel = RoutingTable.FLOOR; // An interpreter never hears their own voice.
    }
    hearer.hear(channel, media, describe(hearer, channel, ownVoice, table, ears));
  }

  private Message.Hearing describe(
      Hearer hearer, String channel, boolean ownVoice, RoutingTable table, Map<String, Ears> ears) {
    Route route = table.route(channel);
    boolean understood = hearer.isUnderstood(table) && channel.equals(RoutingTable.FLOOR);
    return new Message.Hearing(
        hearer.connection().id(),
        channel,
        Words.of(route.kind()),
        route.language(),
        understood && route.rule() == Rule.FLOOR ? "understood" : Words.of(route.rule()),
        route.booth(),
        ownVoice || media.isWithoutSelf(channel, hearer.person()),
        quality(route, ears).symbol());
  }

  private static Ears.Quality quality(Route route, Map<String, Ears> ears) {
    if (!route.isInterpreted()) {
      return Ears.Quality.FLOOR;
    }
    Ears theirs = ears.get(Objects.requireNonNullElse(route.booth(), ""));
    return theirs == null || theirs.quality() == Ears.Quality.FLOOR
        ? Ears.Quality.RELAY
        : Ears.Quality.RELAY_OF_RELAY;
  }
}
