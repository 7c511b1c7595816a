package org.kakehashi.server.replay;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.Store;

/**
 * The journals of recordings. That of a live session is asked for by each of its viewers, again and
 * again, and gets ever longer: it is read once a second at most. Thread: any that may wait.
 */
final class RecentEntries {
  private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

  private final Store store;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Reading> live = new ConcurrentHashMap<>();

  private record Reading(long at, List<JournalEntry> entries) {}

  RecentEntries(Store store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
  }

  /** What a session's journal says; where {@code isLive}, to within a second. */
  List<JournalEntry> of(String session, boolean isLive) {
    if (!isLive) {
      live.remove(session);
      return store.entries(session);
    }
    return live.compute(session, (id, before) -> isGood(before) ? before : read(id)).entries();
  }

  private boolean isGood(@Nullable Reading reading) {
    return reading != null && nanoTime.getAsLong() - reading.at() < GOOD_FOR;
  }

  private Reading read(String session) {
    long at = nanoTime.getAsLong();
    return new Reading(at, List.copyOf(store.entries(session)));
  }
}
