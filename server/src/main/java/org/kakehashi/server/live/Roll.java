package org.kakehashi.server.live;

import java.util.HashSet;
import java.util.Set;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.store.JournalEvent;

/**
 * Writes down who comes and goes of those whose work is on record; who only listens is not. Thread:
 * the session's.
 */
final class Roll {
  private final SessionJournal journal;
  private final Set<String> here = new HashSet<>();

  Roll(SessionJournal journal) {
    this.journal = journal;
  }

  /** Somebody has joined or connected. */
  void came(Person who) {
    if (!who.role().onlyListens() && here.add(who.id())) {
      journal.write(new JournalEvent.Joined(who.id(), who.name(), who.role().id()));
    }
  }

  /** Whoever is not present any more has left. */
  void sweep(Presence presence) {
    here.removeIf(
        person -> {
          if (presence.has(person)) {
            return false;
          }
          journal.write(new JournalEvent.Left(person));
          return true;
        });
  }
}
