package org.kakehashi.server.live;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Ears;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.channel.Rule;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.people.Person;

/**
 * Everybody who listens, and what each of them hears. Thread: the session's.
 *
 * <p>A crowd comes in one by one, and each who comes changes nothing for those present: they are
 * looked at again only where a {@link Decision} is new. Else a join would cost as much as there are
 * listeners.
 */
final class Audience {
  private final Map<String, Hearer> hearers = new LinkedHashMap<>();

  /** How many connections each person listens by; strangers who share a link are one. */
  private final Map<String, Integer> perPerson = new HashMap<>();

  /** Those who may speak or sit in a booth, which has a say in what they hear. */
  private final Map<String, Hearer> working = new LinkedHashMap<>();

  /** Those who came, or asked for something else, since they were last looked at. */
  private final Set<Hearer> changed = new LinkedHashSet<>();

  private final MediaSession media;
  private @Nullable Decision settled;

  /**
   * All that what a mere listener hears depends on, but for their own wish.
   *
   * @param ears what each booth hears, by its id
   */
  record Decision(RoutingTable table, Map<String, Ears> ears, List<FloorMicrophone> microphones) {}

  Audience(MediaSession media) {
    this.media = media;
  }

  void add(Hearer hearer) {
    String id = hearer.connection().id();
    hearers.put(id, hearer);
    if (!hearer.connection().owner().role().onlyListens()) {
      working.put(id, hearer);
    }
    perPerson.merge(hearer.person(), 1, Integer::sum);
    changed.add(hearer);
  }

  void remove(String connection) {
    Hearer gone = hearers.remove(connection);
    if (gone == null) {
      return;
    }
    working.remove(connection);
    changed.remove(gone);
    perPerson.computeIfPresent(gone.person(), (id, before) -> before == 1 ? null : before - 1);
  }

  int size() {
    return hearers.size();
  }

  /** By how many connections {@code who} listens. */
  int connectionsOf(Person who) {
    return perPerson.getOrDefault(who.id(), 0);
  }

  Collection<Hearer> all() {
    return Collections.unmodifiableCollection(hearers.values());
  }

  Optional<Hearer> find(String connection) {
    return Optional.ofNullable(hearers.get(connection));
  }

  /** One who is to hear something else, which the caller says and {@link #settle} does. */
  Optional<Hearer> change(String connection) {
    Optional<Hearer> found = find(connection);
    found.ifPresent(changed::add);
    return found;
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

  /** How many are sent less of the pictures than there is, by what they see of them. */
  Map<String, Integer> reduced() {
    Map<String, Integer> reduced = new LinkedHashMap<>();
    for (PictureService service : PictureService.values()) {
      if (service != PictureService.FULL) {
        reduced.put(Words.of(service), 0);
      }
    }
    for (Hearer hearer : hearers.values()) {
      Message.Seeing seeing = hearer.seeing();
      if (seeing != null) {
        reduced.computeIfPresent(seeing.pictures(), (pictures, before) -> before + 1);
      }
    }
    return reduced;
  }

  /** Lets everybody hear what they are to hear. */
  void settle(Decision decision, Booths booths) {
    if (!decision.equals(settled)) {
      settled = decision;
      hearers.values().forEach(hearer -> settle(hearer, decision, booths));
    } else {
      working.values().forEach(hearer -> settle(hearer, decision, booths));
      changed.forEach(hearer -> settle(hearer, decision, booths));
    }
    changed.clear();
  }

  /** The same for those who came or asked for something else, where nothing new was decided. */
  void settleChanged(Booths booths) {
    Decision decision = Objects.requireNonNull(settled, "a session is settled from its start");
    changed.forEach(hearer -> settle(hearer, decision, booths));
    changed.clear();
  }

  private void settle(Hearer hearer, Decision decision, Booths booths) {
    RoutingTable table = decision.table();
    Map<String, Ears> ears = decision.ears();
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
