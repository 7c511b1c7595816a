package org.kakehashi.server.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.audio.AudioLevels;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * How loud one place in the session is, whichever source speaks from it, and also where its sender
 * does not say so. Thread: the session's.
 */
final class Loudness {
  /** A level older than this says nothing about now: half a second, in ticks. */
  static final long STALE = 24_000;

  private static final double SILENCE = -127;

  private @Nullable Source source;
  private @Nullable AudioLevels levels;

  /** Listens to {@code next} from now on, in place of the source before; to nothing if null. */
  void follow(@Nullable Source next) {
    if (next == source) {
      return;
    }
    if (levels != null) {
      levels.close();
    }
    source = next;
    levels = next == null ? null : new AudioLevels(next, (from, level, mediaTime) -> {});
  }

  /** Whether {@code other} is what is listened to. */
  boolean follows(@Nullable Source other) {
    return other != null && other == source;
  }

  /** In dBov, −127 where nothing comes; null as long as it is unknown. */
  @Nullable Double level(long nowTicks) {
    Source followed = source;
    AudioLevels measured = levels;
    if (followed == null || measured == null || isStale(followed, nowTicks)) {
      return SILENCE;
    }
    return measured.level() == MediaPacket.NO_LEVEL ? null : (double) measured.level();
  }

  /** The level of a source that always says it, such as a mix. */
  static @Nullable Double level(@Nullable Source said, long nowTicks) {
    if (said == null || isSilent(said, nowTicks)) {
      return SILENCE;
    }
    return said.level() == MediaPacket.NO_LEVEL ? null : (double) said.level();
  }

  /** How loud several are together; null as long as that is unknown of all of them. */
  static @Nullable Double together(List<Loudness> several, long nowTicks) {
    double power = 0;
    boolean known = several.isEmpty();
    for (Loudness each : several) {
      Double level = each.level(nowTicks);
      known |= level != null;
      power += level == null ? 0 : Math.pow(10, level / 10);
    }
    return known ? (Double) Math.clamp(Math.rint(10 * Math.log10(power)), SILENCE, 0) : null;
  }

  /** Whether nothing comes of {@code source}. */
  static boolean isSilent(@Nullable Source source, long nowTicks) {
    return source == null || isStale(source, nowTicks);
  }

  private static boolean isStale(Source source, long nowTicks) {
    long last = source.lastPacketTicks();
    return last == Long.MIN_VALUE || nowTicks - last > STALE;
  }
}
