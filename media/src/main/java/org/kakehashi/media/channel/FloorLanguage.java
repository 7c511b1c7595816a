package org.kakehashi.media.channel;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the language spoken on the floor: the one declared by the microphone that has been
 * speaking long enough, so that one "hai" flips nothing; or what somebody set by hand, which stays
 * until it is released.
 *
 * <p>Thread: the session's control thread only.
 */
public final class FloorLanguage {
  private final long holdTicks;
  private @Nullable String detected;
  private @Nullable String byHand;

  /**
   * @param holdTicks how long somebody must speak before the floor's language follows them, in
   *     ticks
   */
  public FloorLanguage(long holdTicks) {
    this.holdTicks = holdTicks;
  }

  /**
   * What an open floor microphone does.
   *
   * @param source its id
   * @param language what its owner declared; null if nothing
   * @param speakingSinceTicks since when it has been speaking; null while silent
   */
  public record Voice(
      String source, @Nullable String language, @Nullable Long speakingSinceTicks) {}

  /** Sets the language by hand, until {@link #release}. */
  public void set(String language) {
    byHand = Objects.requireNonNull(language);
  }

  /** Goes back to detection. */
  public void release() {
    byHand = null;
  }

  /** Whether it was set by hand. */
  public boolean isByHand() {
    return byHand != null;
  }

  /** The floor's language; null if unknown. */
  public @Nullable String current() {
    return byHand != null ? byHand : detected;
  }

  /**
   * Looks at the open microphones.
   *
   * @param nowTicks the session's time
   * @param voices all open floor microphones
   * @return the floor's language now, as {@link #current}
   */
  public @Nullable String observe(long nowTicks, List<Voice> voices) {
    detected = detect(nowTicks, voices);
    return current();
  }

  private @Nullable String detect(long nowTicks, List<Voice> voices) {
    List<String> declared =
        voices.stream().map(Voice::language).filter(Objects::nonNull).distinct().toList();
    if (declared.isEmpty()) {
      return null;
    }
    if (declared.size() == 1) {
      return declared.getFirst(); // No other language could be meant.
    }
    List<Voice> speaking =
        voices.stream()
            .filter(voice -> voice.language() != null && voice.speakingSinceTicks() != null)
            .filter(voice -> nowTicks - since(voice) >= holdTicks)
            .toList();
    if (speaking.stream().anyMatch(voice -> Objects.equals(voice.language(), detected))) {
      return detected; // Whoever already has the floor keeps it while others speak too.
    }
    return speaking.stream()
        .min(Comparator.comparingLong(FloorLanguage::since))
        .map(Voice::language)
        .orElse(declared.contains(detected) ? detected : null);
  }

  private static long since(Voice voice) {
    Long since = voice.speakingSinceTicks();
    return since == null ? Long.MAX_VALUE : since;
  }
}
