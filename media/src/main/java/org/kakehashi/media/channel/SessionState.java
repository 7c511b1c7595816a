package org.kakehashi.media.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All the switchboard needs to know of a session. Immutable; the control plane makes a new one at
 * every change.
 *
 * @param languages the languages offered, BCP 47 tags, in the order shown
 * @param floor the open floor microphones
 * @param floorLanguage the language spoken on the floor, detected or set by hand; null if unknown
 * @param booths the interpreters' booths
 * @param hallTracks the hall's own interpreted tracks that are on and not silent: language → source
 * @param uninterpreted what a language carries when nobody interprets into it
 */
public record SessionState(
    List<String> languages,
    List<OpenMicrophone> floor,
    @Nullable String floorLanguage,
    List<Booth> booths,
    Map<String, String> hallTracks,
    Uninterpreted uninterpreted) {

  public SessionState {
    languages = List.copyOf(languages);
    floor = List.copyOf(floor);
    booths = List.copyOf(booths);
    hallTracks = Map.copyOf(hallTracks);
  }

  /** The event's choice for a language into which nobody interprets (rule 4). */
  public enum Uninterpreted {
    /** The original, and the page says so. */
    FLOOR,
    /** Nothing, and the page says so. */
    SILENCE
  }

  /**
   * An open microphone on the floor.
   *
   * @param source the source's id
   * @param person whose it is: they hear the floor without it
   * @param language what its owner speaks now; null if not said
   */
  public record OpenMicrophone(String source, String person, @Nullable String language) {}

  /**
   * A booth: two or three interpreters who work together, one of whom may be on air.
   *
   * @param id unique in the session
   * @param understands the languages understood, in order of preference
   * @param outgoing the channel the booth works into now: its A, or its B
   * @param onAir the microphone that is open or coughing, if any
   * @param incoming what the booth's ears asked for
   */
  public record Booth(
      String id,
      List<String> understands,
      String outgoing,
      Optional<OnAir> onAir,
      Incoming incoming) {

    public Booth {
      understands = List.copyOf(understands);
    }

    /** This booth with its microphone open on {@code channel}, for asking "what if". */
    Booth speakingInto(String channel) {
      OnAir speaking = onAir.orElse(new OnAir(id, false, Long.MAX_VALUE));
      return new Booth(id, understands, channel, Optional.of(speaking), incoming);
    }
  }

  /**
   * A booth's live microphone.
   *
   * @param source the interpreter's source
   * @param coughing whether the cough button is held
   * @param sinceTicks when it opened on its channel: where booths may override each other, the last
   *     one wins
   */
  public record OnAir(String source, boolean coughing, long sinceTicks) {}

  /** What a booth asked to hear. */
  public sealed interface Incoming {
    /** The floor if the booth understands it, else a relay. */
    record Auto() implements Incoming {}

    /** A channel chosen by hand: the floor or a language. */
    record ByHand(String channel) implements Incoming {}
  }

  /** Incoming left to the switchboard. */
  public static final Incoming AUTO = new Incoming.Auto();
}
