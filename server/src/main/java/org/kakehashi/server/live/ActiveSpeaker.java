package org.kakehashi.server.live;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * Who is speaking, as far as the main picture goes: who has spoken for a moment, until they pause
 * and somebody else speaks. Thread: the session's.
 */
final class ActiveSpeaker {
  /** A cough or an assent shorter than this cuts to nobody. */
  private static final long MOMENT = MediaClock.ticksIn(Duration.ofMillis(800));

  private @Nullable String current;

  /** Looks at the stage; whether somebody else is the active speaker now. */
  boolean look(List<StageSource> sources, long nowTicks) {
    String before = current;
    boolean stillSpeaks =
        sources.stream().anyMatch(source -> source.id().equals(current) && source.isSpeaking());
    if (!stillSpeaks) {
      sources.stream()
          .filter(source -> nowTicks - since(source, nowTicks) >= MOMENT)
          .min(Comparator.comparingLong(source -> since(source, nowTicks)))
          .ifPresent(source -> current = source.id());
    }
    return !Objects.equals(before, current);
  }

  /** The id of the source that speaks, or spoke last; null before anybody has. */
  @Nullable String current() {
    return current;
  }

  private static long since(StageSource source, long otherwise) {
    Long since = source.speakingSince();
    return since == null ? otherwise : since;
  }
}
