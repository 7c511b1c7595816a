package org.kakehashi.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/** What each channel carried when, as the journal tells it. Pure. */
public final class ChannelHistory {
  private static final String SILENCE = "silence";

  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<String, Stretch> open = new LinkedHashMap<>();

  /**
   * A stretch in which a channel carried one thing.
   *
   * @param kind {@code interpretation}, {@code original} or {@code silence}
   * @param language the language heard, where it is known
   */
  public record Stretch(
      String channel,
      long startMs,
      long endMs,
      String kind,
      @Nullable String language,
      @Nullable String booth) {
    Stretch until(long end) {
      return new Stretch(channel, startMs, end, kind, language, booth);
    }

    boolean sameAs(Stretch other) {
      return kind.equals(other.kind)
          && Objects.equals(language, other.language)
          && Objects.equals(booth, other.booth);
    }
  }

  private ChannelHistory() {}

  /** All stretches by start, then by channel in the session's order. */
  static List<Stretch> of(
      List<JournalEntry> entries, List<String> languages, Instant startedAt, long durationMs) {
    ChannelHistory history = new ChannelHistory();
    history.silence("floor", 0);
    languages.forEach(language -> history.silence(language, 0));
    for (JournalEntry entry : entries) {
      long at = Math.clamp(Duration.between(startedAt, entry.at()).toMillis(), 0, durationMs);
      switch (entry.event()) {
        case JournalEvent.Route route when history.open.containsKey(route.channel()) ->
            history.change(
                new Stretch(
                    route.channel(), at, at, route.kind(), route.language(), route.booth()));
        case JournalEvent.Closed closed ->
            List.copyOf(history.open.keySet()).forEach(channel -> history.silence(channel, at));
        case JournalEvent.Started started ->
            List.copyOf(history.open.keySet()).forEach(channel -> history.silence(channel, at));
        default -> {}
      }
    }
    List.copyOf(history.open.values()).forEach(last -> history.close(last, durationMs));
    history.stretches.sort(Comparator.comparingLong(Stretch::startMs));
    return history.stretches;
  }

  private void silence(String channel, long at) {
    change(new Stretch(channel, at, at, SILENCE, null, null));
  }

  private void change(Stretch next) {
    Stretch before = open.get(next.channel());
    if (before != null && before.sameAs(next)) {
      return;
    }
    if (before != null) {
      close(before, next.startMs());
    }
    open.put(next.channel(), next);
  }

  private void close(Stretch stretch, long end) {
    if (end > stretch.startMs()) {
      stretches.add(stretch.until(end));
    }
  }
}
