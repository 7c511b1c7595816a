package org.kakehashi.server.live;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * Since when somebody has been speaking, by their level, looked at twenty times a second. A breath
 * between two phrases is still speaking. Thread: the session's.
 */
final class VoiceActivity {
  /** Louder than this is speech; room noise through a microphone lies 10 to 20 dB below. */
  private static final double SPEECH_DBOV = -50;

  /** A pause longer than this ends a turn. */
  private static final long PAUSE_TICKS = MediaClock.RATE;

  private @Nullable Long speakingSince;
  private long lastSpeech = Long.MIN_VALUE;

  /**
   * Looks at a level now.
   *
   * @param level in dBov; null while it is unknown
   * @return whether somebody started or stopped speaking
   */
  boolean look(@Nullable Double level, long nowTicks) {
    boolean before = isSpeaking();
    if (level != null && level >= SPEECH_DBOV) {
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
}
