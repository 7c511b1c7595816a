package org.kakehashi.media.audio;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * Who is speaking now, told from levels alone, so that neither a cough nor a "hai" flips it.
 *
 * <pre>
 *   a source speaks      from its first loud packet until it was quiet for the hangover
 *   it becomes active    at once if nobody was yet;
 *                        after the takeover if the active one has stopped speaking;
 *                        after the interruption, and if louder, while that one still speaks
 *   it stays active      until another becomes so, also while nobody speaks
 * </pre>
 *
 * <p>Time is passed in, in ticks of the session's clock. Thread: one at a time.
 */
public final class ActiveSpeaker {
  /** More sources than this are not followed at once: those silent longest are forgotten. */
  static final int MOST = 256;

  /**
   * When somebody counts as speaking.
   *
   * @param threshold level in dBov from which a packet is loud, -127 to 0
   * @param hangover the pause between words that does not end speaking
   * @param takeover how long somebody speaks before they follow one who has stopped
   * @param interruption how long somebody speaks before they displace one who still speaks
   * @param margin how many dB louder they must be for that, on average
   */
  public record Settings(
      int threshold, Duration hangover, Duration takeover, Duration interruption, double margin) {
    /** For speech in microphones of people at home and in halls. */
    public static Settings standard() {
      return new Settings(
          -50, Duration.ofMillis(800), Duration.ofMillis(700), Duration.ofMillis(2_000), 3);
    }
  }

  private final Settings settings;
  private final long hangover;
  private final long takeover;
  private final long interruption;
  private final Map<String, Voice> voices = new LinkedHashMap<>();
  private @Nullable String active;

  /** One source: since when it speaks, when it was last loud, and how loud on average. */
  private static final class Voice {
    long since;
    long lastLoud;
    double average;
    boolean begun;
  }

  /** Nobody has spoken yet. */
  public ActiveSpeaker(Settings settings) {
    this.settings = settings;
    this.hangover = MediaClock.ticksIn(settings.hangover());
    this.takeover = MediaClock.ticksIn(settings.takeover());
    this.interruption = MediaClock.ticksIn(settings.interruption());
  }

  /**
   * Takes a level.
   *
   * @param id the source's
   * @param level in dBov; less than the threshold is not speech
   * @param now in ticks; a level from before those already given is taken as of then
   * @return true if this changed who is active
   */
  public boolean level(String id, int level, long now) {
    if (level >= settings.threshold()) {
      Voice voice = voices.get(id);
      if (voice == null) {
        makeRoom();
        voice = new Voice();
        voices.put(id, voice);
      }
      if (!voice.begun || now - voice.lastLoud > hangover) {
        voice.begun = true;
        voice.since = now;
        voice.average = level;
      }
      voice.lastLoud = Math.max(voice.lastLoud, now);
      // About the last half second of loud packets of 20 ms.
      voice.average += (level - voice.average) / 25;
    }
    return challenge(id, now);
  }

  /** Whether {@code id} has just become the active one. */
  private boolean challenge(String id, long now) {
    OptionalLong since = speakingSince(id, now);
    if (id.equals(active) || since.isEmpty()) {
      return false;
    }
    // Up to the last loud packet: the hangover is no speech.
    Voice voice = voices.get(id);
    long spoken = voice == null ? 0 : voice.lastLoud - since.getAsLong();
    boolean wins;
    if (active == null) {
      wins = true;
    } else if (speakingSince(active, now).isEmpty()) {
      wins = spoken >= takeover;
    } else {
      wins = spoken >= interruption && louder(id, active);
    }
    if (wins) {
      active = id;
    }
    return wins;
  }

  private boolean louder(String id, String than) {
    Voice voice = voices.get(id);
    Voice other = voices.get(than);
    return voice != null && (other == null || voice.average >= other.average + settings.margin());
  }

  /** Who is active: who speaks now, or spoke last. Empty until anybody spoke. */
  public Optional<String> active() {
    return Optional.ofNullable(active);
  }

  /** Whether a source speaks now, pauses between words included. */
  public boolean isSpeaking(String id, long now) {
    return speakingSince(id, now).isPresent();
  }

  /**
   * Since when a source has been speaking without a longer pause, in ticks; empty if it does not
   * speak. "For 3 s" is {@code now - since >= 3 * MediaClock.RATE}.
   */
  public OptionalLong speakingSince(String id, long now) {
    Voice voice = voices.get(id);
    return voice == null || now - voice.lastLoud > hangover
        ? OptionalLong.empty()
        : OptionalLong.of(voice.since);
  }

  /** Forgets a source that has left or whose microphone was closed. */
  public void remove(String id) {
    voices.remove(id);
    if (id.equals(active)) {
      active = null;
    }
  }

  private void makeRoom() {
    if (voices.size() < MOST) {
      return;
    }
    String quietest = null;
    long longest = Long.MAX_VALUE;
    for (Map.Entry<String, Voice> entry : voices.entrySet()) {
      if (entry.getValue().lastLoud < longest && !entry.getKey().equals(active)) {
        quietest = entry.getKey();
        longest = entry.getValue().lastLoud;
      }
    }
    if (quietest != null) {
      voices.remove(quietest);
    }
  }
}
