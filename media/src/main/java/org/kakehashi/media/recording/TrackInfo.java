package org.kakehashi.media.recording;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a track is.
 *
 * @param name {@code floor}, a language's tag, {@code picture}, {@code slides} or {@code sign};
 *     also the name of its folder
 * @param kind sound or picture
 * @param language BCP 47 tag of a language's channel; null for the floor and pictures
 */
public record TrackInfo(String name, Kind kind, @Nullable String language) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,34}");

  /** The name of the floor's track. */
  public static final String FLOOR = "floor";

  /** The name of the main picture's track. */
  public static final String PICTURE = "picture";

  /** The name of the shared screen's track. */
  public static final String SLIDES = "slides";

  /** The name of the track of the sign-language interpreter's picture. */
  public static final String SIGN = "sign";

  /** What a track carries. */
  public enum Kind {
    /** AAC-LC, mono, 48 kHz. */
    AUDIO,
    /** H.264. */
    VIDEO
  }

  /** Refuses a name that is no folder name. */
  public TrackInfo {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("“" + name + "” cannot be a track's name");
    }
  }

  /** The floor's sound. */
  public static TrackInfo floor() {
    return new TrackInfo(FLOOR, Kind.AUDIO, null);
  }

  /** A language's channel. */
  public static TrackInfo language(String tag) {
    return new TrackInfo(tag, Kind.AUDIO, tag);
  }

  /** A picture. */
  public static TrackInfo video(String name) {
    return new TrackInfo(name, Kind.VIDEO, null);
  }

  /** Whether it is sound. */
  public boolean isAudio() {
    return kind == Kind.AUDIO;
  }
}
