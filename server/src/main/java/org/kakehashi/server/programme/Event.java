package org.kakehashi.server.programme;

import java.util.List;

/**
 * A conference.
 *
 * @param id unique on the node; a token may be for a whole event
 * @param cities where it is held
 */
public record Event(String id, LocalText title, List<City> cities) {
  public Event {
    cities = List.copyOf(cities);
  }
}
