package org.kakehashi.server.live;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * Since when somebody has been speaking, by the levels their source reports (RFC 6464), looked at
 * ten times a second. A breath between two phrases is still speaking. Thread: the session's.
 */
final class VoiceActivity {
  /** Louder than this is speech; room noise through a microphone lies 10 to 20 dB below. */
  static final int SPEECH_DBOV = -50;

  /** A pause longer than this ends a turn. */
  static final long PAUSE_TICKS = MediaClock.RATE;

  /** A level older than this says nothing about now. */
  static final long STALE_TICKS = MediaClock.RATE / 2;

  private @Nullable Long speakingSince;
  private long lastSpeech = Long.MIN_VALUE;

  /**
   * Looks at a source now.
   *
   * @param source null where there is no sound
   * @return whether somebody started or stopped speaking
   */
  boolean look(@Nullable Source source, long nowTicks) {
    boolean before = isSpeaking();
    if (isLoud(source, nowTicks)) {
      lastSpeech = nowTicks;
      if (speakingSince == null) {
        speakingSince = nowTicks;
      }
    } else if (speakingSince != null && nowTicks - lastSpeech > PAUSE_TICKS) {
      speakingSince = null;
    }
    return before != isSpeaking();
  }

  /** Forgets that anybody spoke: the microphone was closed or lost. */
  boolean silence() {
    boolean before = isSpeaking();
    speakingSince = null;
    return before;
  }

  boolean isSpeaking() {
    return speakingSince != null;
  }

  /** Since when, in session ticks; null while silent. */
  @Nullable Long speakingSince() {
    return speakingSince;
  }

  /** The level now in dBov, −127 where nothing comes; null if the source does not say. */
  static @Nullable Double level(@Nullable Source source, long nowTicks) {
    if (source == null || isStale(source, nowTicks)) {
      return -127.0;
    }
    int level = source.level();
    return level == MediaPacket.NO_LEVEL ? null : (double) level;
  }

  private static boolean isLoud(@Nullable Source source, long nowTicks) {
    if (source == null || isStale(source, nowTicks)) {
      return false;
    }
    // A sender without levels is taken to speak while it sends: there is nothing else to go by.
    return source.level() == MediaPacket.NO_LEVEL || source.level() >= SPEECH_DBOV;
  }

  private static boolean isStale(Source source, long nowTicks) {
    return nowTicks - source.lastPacketTicks() > STALE_TICKS
        || source.lastPacketTicks() == Long.MIN_VALUE;
  }
}
