package org.kakehashi.media.ingest;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read and is not due yet, in the order of time. Bounded by time, and where a file's sound
 * and picture lie far apart, by bytes.
 *
 * <p>Thread: the player's.
 */
final class Lookahead {
  /** How far ahead of the published moment each lane is read. */
  static final long AHEAD_TICKS = 24_000;

  private static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final int MAX_UNITS = 8_192;

  private final ArrayDeque<TimedUnit> audio = new ArrayDeque<>();
  private final ArrayDeque<TimedUnit> video = new ArrayDeque<>();
  private final boolean hasAudio;
  private final boolean hasVideo;
  private long bytes;

  Lookahead(boolean hasAudio, boolean hasVideo) {
    this.hasAudio = hasAudio;
    this.hasVideo = hasVideo;
  }

  void add(TimedUnit unit) {
    bytes += unit.bytes();
    (unit.audio() ? audio : video).add(unit);
  }

  /** Whether more should be read when the player stands at {@code now} (ticks from its start). */
  boolean wantsMore(long now) {
    if (bytes >= MAX_BYTES || audio.size() + video.size() >= MAX_UNITS) {
      return audio.isEmpty() && video.isEmpty();
    }
    return hasAudio && isShort(audio, now) || hasVideo && isShort(video, now);
  }

  private static boolean isShort(ArrayDeque<TimedUnit> lane, long now) {
    TimedUnit last = lane.peekLast();
    return last == null || last.ticks() < now + AHEAD_TICKS;
  }

  /** The next unit, left in place. Of two at one moment, the sound. */
  Optional<TimedUnit> peek() {
    return Optional.ofNullable(first());
  }

  /** Takes what {@link #peek} showed; the caller owns it. */
  void take(TimedUnit unit) {
    (unit.audio() ? audio : video).removeFirst();
    bytes -= unit.bytes();
  }

  /** Discards everything. */
  void clear() {
    audio.forEach(TimedUnit::discard);
    video.forEach(TimedUnit::discard);
    audio.clear();
    video.clear();
    bytes = 0;
  }

  private @Nullable TimedUnit first() {
    TimedUnit sound = audio.peekFirst();
    TimedUnit picture = video.peekFirst();
    if (sound == null || picture == null) {
      return sound == null ? picture : sound;
    }
    return picture.ticks() < sound.ticks() ? picture : sound;
  }
}
