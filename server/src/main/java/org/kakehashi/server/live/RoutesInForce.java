package org.kakehashi.server.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.server.store.JournalEvent;

/** The routing table in force, and since when. Thread: the session's. */
final class RoutesInForce {
  private final Map<String, Since> since = new HashMap<>();
  private final MediaClock clock;
  private final SessionJournal journal;
  private RoutingTable table;
  private long changes;

  /** When a route came into force. */
  record Since(long ticks, Instant at) {}

  RoutesInForce(RoutingTable first, MediaClock clock, SessionJournal journal) {
    this.clock = clock;
    this.journal = journal;
    this.table = new RoutingTable(null, List.of());
    change(first);
  }

  RoutingTable table() {
    return table;
  }

  /** How often any channel has changed what it carries. */
  long changes() {
    return changes;
  }

  Since since(String channel) {
    return since.getOrDefault(channel, new Since(0, clock.wallTime(0)));
  }

  /** Puts {@code next} in force; every route that differs is written down. */
  void change(RoutingTable next) {
    long now = clock.now();
    Instant at = clock.wallTime(now);
    for (Route route : next.changesSince(table)) {
      changes++;
      since.put(route.channel(), new Since(now, at));
      journal.write(
          new JournalEvent.Route(
              route.channel(),
              Words.of(route.rule()),
              Words.of(route.kind()),
              route.content() instanceof Route.Content.Of(String source) ? source : null,
              route.booth(),
              route.language()));
    }
    table = next;
  }
}
