package org.kakehashi.media.recording;

import java.util.List;
import java.util.Map;
import org.kakehashi.media.channel.MediaClock;

/**
 * Playlists of a recording as RFC 8216bis (draft-pantos-hls-rfc8216bis) has them. All addresses are
 * relative. Pure; thread: any.
 */
public final class Playlists {
  private static final String AUDIO = "audio";
  private static final String SUBTITLES = "subtitles";
  private static final String AAC_LC = "mp4a.40.2";

  /** Announced before anything is known, in bit/s: a talking head and its sound. */
  private static final long LEAST_BANDWIDTH = 2_500_000;

  private static final long LEAST_AUDIO_BANDWIDTH = 80_000;

  private Playlists() {}

  /**
   * How a playlist is to be delivered.
   *
   * @param skip whether segments older than the skip boundary are left out: {@code _HLS_skip=YES}
   * @param query appended to each address, {@code ?t=…}, or empty
   * @param trim the published stretch of a recording that has ended; segments are taken whole, so
   *     it begins and ends with the segments that contain its ends, and players start at its start
   */
  public record Delivery(boolean skip, String query, Trim trim) {
    /** Everything, nothing appended. */
    public static final Delivery PLAIN = new Delivery(false, "", Trim.NONE);
  }

  /**
   * The multivariant playlist: the main picture, one rendition of sound a channel, subtitles. The
   * slides are a playlist of their own, {@code slides/index.m3u8}, to be shown beside.
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
    StringBuilder to = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:9\n");
    long audioPeak = LEAST_AUDIO_BANDWIDTH;
    for (Track track : recording.tracks()) {
      if (track.info().isAudio()) {
        audio(to, track, names, defaultTrack, delivery.query());
        audioPeak = Math.max(audioPeak, Bandwidth.of(track).peak());
      }
    }
    for (Captions subtitle : captions) {
      to.append("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"%s\",".formatted(SUBTITLES))
          .append("LANGUAGE=\"%s\",".formatted(quotable(subtitle.language())))
          .append("NAME=\"%s\",".formatted(quotable(subtitle.name())))
          .append("DEFAULT=NO,AUTOSELECT=YES,")
          .append("URI=\"captions/%s.m3u8".formatted(subtitle.language()))
          .append(delivery.query())
          .append("\"\n");
    }
    variant(to, recording, audioPeak, !captions.isEmpty(), delivery.query());
    return to.toString();
  }

  /**
   * A track's playlist: with parts and a preload hint at the live edge while it is recorded, a
   * plain list from first to last segment afterwards. While it is recorded, the trim is not
   * applied.
   */
  public static String media(Recording recording, Track track, Delivery delivery) {
    MediaPlaylist playlist = new MediaPlaylist(track, delivery.query());
    Track.Snapshot now = track.snapshot();
    if (now.ended()) {
      // A list that grew stays one that grew; the type of a playlist never changes.
      return playlist.whole(delivery.trim(), delivery.trim().equals(Trim.NONE) ? "EVENT" : "VOD");
    }
    return playlist.live(now, delivery.skip(), MediaPlaylist.others(recording, track));
  }

  /**
   * The playlist of one language's subtitles, {@code captions/{language}.m3u8}: one segment, the
   * whole file. The file's own times count from the recording's first moment; served, it needs the
   * line {@code X-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00.000} below its first (RFC 8216bis
   * section 3.1.4), because media times are one second later.
   */
  public static String captions(Recording recording, Captions captions, Delivery delivery) {
    long end = Math.min(recording.durationTicks(), delivery.trim().end());
    long start = Math.min(delivery.trim().start(), Math.max(0, end - 1));
    long ticks = Math.max(1, end - start);
    return "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:%d\n"
            .formatted(Math.max(1, Math.round(ticks / (double) MediaClock.RATE)))
        + "#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:%s,\n%s.vtt%s\n#EXT-X-ENDLIST\n"
            .formatted(MediaPlaylist.seconds(ticks), captions.language(), delivery.query());
  }

  private static void audio(
      StringBuilder to, Track track, Map<String, String> names, String first, String query) {
    TrackInfo info = track.info();
    boolean isDefault = info.name().equals(first);
    to.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"%s\",".formatted(AUDIO));
    if (info.language() != null) {
      to.append("LANGUAGE=\"%s\",".formatted(quotable(info.language())));
    }
    to.append("NAME=\"%s\",".formatted(quotable(names.getOrDefault(info.name(), info.name()))))
        .append("DEFAULT=%s,AUTOSELECT=YES,".formatted(isDefault ? "YES" : "NO"))
        .append("CHANNELS=\"1\",URI=\"%s/%s".formatted(info.name(), LivePlaylistFile.NAME))
        .append(query)
        .append("\"\n");
  }

  private static void variant(
      StringBuilder to, Recording recording, long audioPeak, boolean captions, String query) {
    Track picture = recording.find(TrackInfo.PICTURE);
    Bandwidth bandwidth =
        picture == null ? new Bandwidth(0, 0) : Bandwidth.of(picture).atLeast(LEAST_BANDWIDTH);
    String codecs = AAC_LC;
    String resolution = "";
    String address = TrackInfo.FLOOR;
    if (picture != null) {
      VideoFormat largest = largest(picture.snapshot().formats());
      codecs = largest.codecs() + "," + AAC_LC;
      resolution = ",RESOLUTION=%dx%d".formatted(largest.width(), largest.height());
      address = picture.info().name();
    }
    to.append("#EXT-X-STREAM-INF:BANDWIDTH=%d".formatted(bandwidth.peak() + audioPeak))
        .append(",AVERAGE-BANDWIDTH=%d".formatted(bandwidth.average() + audioPeak))
        .append(",CODECS=\"%s\"%s,AUDIO=\"%s\"".formatted(codecs, resolution, AUDIO))
        .append(captions ? ",SUBTITLES=\"%s\"".formatted(SUBTITLES) : "")
        .append("\n%s/%s%s\n".formatted(address, LivePlaylistFile.NAME, query));
  }

  /** The format a decoder must be ready for: the one with the most pixels. */
  private static VideoFormat largest(List<VideoFormat> formats) {
    VideoFormat largest = new VideoFormat("avc1.42c01f", 1_280, 720);
    long most = 0;
    for (VideoFormat format : formats) {
      long pixels = (long) format.width() * format.height();
      if (pixels >= most) {
        most = pixels;
        largest = format;
      }
    }
    return largest;
  }

  /** Quoted strings must not contain these (section 4.2). */
  private static String quotable(String text) {
    return text.replace('"', '”').replaceAll("[\\r\\n]", " ").strip();
  }

  /** How much a track takes, in bit/s. */
  private record Bandwidth(long peak, long average) {
    static Bandwidth of(Track track) {
      long peak = 0;
      long bytes = 0;
      long ticks = 0;
      for (Segment segment : track.snapshot().segments()) {
        peak = Math.max(peak, rate(segment.length(), segment.duration()));
        bytes += segment.length();
        ticks += segment.duration();
      }
      return new Bandwidth(peak, rate(bytes, ticks));
    }

    Bandwidth atLeast(long bits) {
      return new Bandwidth(Math.max(bits, peak), Math.max(bits, average));
    }

    private static long rate(long bytes, long ticks) {
      return ticks == 0 ? 0 : Math.round(bytes * 8.0 * MediaClock.RATE / ticks);
    }
  }
}
