package org.kakehashi.media.recording;

import java.util.List;
import java.util.Map;

/**
 * Playlists of a recording as RFC 8216bis (draft-pantos-hls-rfc8216bis) has them. All addresses are
 * relative. Pure; thread: any.
 */
public final class Playlists {
  private Playlists() {}

  /**
   * How a playlist is to be delivered.
   *
   * @param skip whether segments older than the skip boundary are left out: {@code _HLS_skip=YES}
   * @param query appended to each address, {@code ?t=…}, or empty
   * @param trim the published stretch; segments are taken whole, so it begins and ends with the
   *     segments that contain its ends
   */
  public record Delivery(boolean skip, String query, Trim trim) {
    /** Everything, nothing appended. */
    public static final Delivery PLAIN = new Delivery(false, "", Trim.NONE);
  }

  /**
   * The multivariant playlist: one picture, one rendition of sound a channel, subtitles.
   *
   * @param names what a track is called, in its own language, by name of the track; else its name
   * @param captions subtitles
   * @param defaultTrack which sound plays unless the player knows better, {@code floor} usually
   */
  public static String multivariant(
      Recording recording,
      Map<String, String> names,
      List<Captions> captions,
      String defaultTrack,
      Delivery delivery) {
    throw new IllegalStateException("Not yet");
  }

  /**
   * A track's playlist: with parts and a preload hint at the live edge while it is recorded, a
   * plain list from first to last segment afterwards.
   */
  public static String media(Recording recording, Track track, Delivery delivery) {
    throw new IllegalStateException("Not yet");
  }

  /**
   * The playlist of one language's subtitles, {@code captions/{language}.m3u8}: one segment, the
   * whole file.
   */
  public static String captions(Recording recording, Captions captions, Delivery delivery) {
    throw new IllegalStateException("Not yet");
  }
}
