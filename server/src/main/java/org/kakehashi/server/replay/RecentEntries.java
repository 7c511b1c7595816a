package org.kakehashi.server.replay;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.store.JournalEntry;

/**
 * The journals of recordings. That of a live session is asked for by each of its viewers, again and
 * again, and gets ever longer: it is read once a second at most. Thread: any that may wait.
 */
final class RecentEntries {
  private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

  private final Function<String, List<JournalEntry>> read;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Reading> live = new ConcurrentHashMap<>();

  private record Reading(long at, List<JournalEntry> entries) {}

  /**
   * @param read what a session's journal says now
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  RecentEntries(Function<String, List<JournalEntry>> read, LongSupplier nanoTime) {
    this.read = read;
    this.nanoTime = nanoTime;
  }

  /** What a session's journal says; where {@code isLive}, to within a second. */
  List<JournalEntry> of(String session, boolean isLive) {
    if (!isLive) {
      live.remove(session);
      return read.apply(session);
    }
    return live.compute(session, (id, before) -> isGood(before) ? before : read(id)).entries();
  }

  private boolean isGood(@Nullable Reading reading) {
    return reading != null && nanoTime.getAsLong() - reading.at() < GOOD_FOR;
  }

  private Reading read(String session) {
    long at = nanoTime.getAsLong();
    return new Reading(at, List.copyOf(read.apply(session)));
  }
}
