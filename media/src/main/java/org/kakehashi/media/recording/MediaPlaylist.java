package org.kakehashi.media.recording;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * The pieces of a track's playlist, RFC 8216bis sections 4.4.3 to 4.4.5. Immutable; thread: any.
 *
 * @param track the track
 * @param query appended to each address, or empty
 */
record MediaPlaylist(Track track, String query) {
  /** EXT-X-SKIP needs 9 (section 8). */
  private static final int VERSION = 9;

  /** Parts are listed in segments that are at most this many target durations from the end. */
  private static final int PARTS_WITHIN = 3;

  /** The skip boundary in target durations; six at least (section 4.4.3.8). */
  private static final int SKIP_BEFORE = 6;

  /** How far from the end to play, in part targets; at least two, three recommended. */
  private static final int HOLD_BACK = 3;

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The beginning of a list that only grows, without parts. */
  void header(StringBuilder to) {
    start(to, 1);
    to.append("#EXT-X-PLAYLIST-TYPE:EVENT\n");
  }

  /** The list of a trimmed or ended recording. */
  String whole(Trim trim, String type) {
    StringBuilder to = new StringBuilder();
    List<Segment> segments = track.snapshot().segments();
    int from = first(segments, trim.start());
    int until = from;
    while (until < segments.size() && segments.get(until).start() < trim.end()) {
      until++;
    }
    start(to, from + 1);
    to.append("#EXT-X-PLAYLIST-TYPE:").append(type).append('\n');
    if (from < until && trim.start() > segments.get(from).start()) {
      to.append("#EXT-X-START:TIME-OFFSET=")
          .append(seconds(trim.start() - segments.get(from).start()))
          .append(",PRECISE=YES\n");
    }
    for (int i = from; i < until; i++) {
      segment(to, segments, i, i == from);
    }
    return to.append("#EXT-X-ENDLIST\n").toString();
  }

  /**
   * The list of a track that is recorded now.
   *
   * @param skip whether to leave out what the client knows
   * @param others the tracks to report on
   */
  String live(Track.Snapshot now, boolean skip, List<Track> others) {
    StringBuilder to = new StringBuilder();
    start(to, 1);
    to.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=")
        .append(SKIP_BEFORE * track.targetSeconds())
        .append(".0,PART-HOLD-BACK=")
        .append(seconds(HOLD_BACK * track.partTarget()))
        .append('\n')
        .append("#EXT-X-PART-INF:PART-TARGET=")
        .append(seconds(track.partTarget()))
        .append('\n')
        .append("#EXT-X-PLAYLIST-TYPE:EVENT\n");
    List<Segment> segments = now.segments();
    int from = skip ? skippable(now) : 0;
    if (from > 0) {
      to.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(from).append('\n');
    }
    long partsFrom = now.end() - (long) PARTS_WITHIN * track.targetSeconds() * MediaClock.RATE;
    for (int i = from; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      map(to, segments, segment, i, i == from);
      dateTime(to, segment);
      if (segment.end() > partsFrom) {
        parts(to, segment);
      }
      address(to, segment);
    }
    edge(to, now);
    for (Track other : others) {
      report(to, other);
    }
    return to.toString();
  }

  /** One whole segment with its tags, without parts. */
  void segment(StringBuilder to, List<Segment> segments, int index) {
    segment(to, segments, index, index == 0);
  }

  private void segment(StringBuilder to, List<Segment> segments, int index, boolean isFirst) {
    Segment segment = segments.get(index);
    map(to, segments, segment, index, isFirst);
    dateTime(to, segment);
    address(to, segment);
  }

  /**
   * Always with the media sequence number, although the first list begins at the beginning: without
   * it a client counts from 0 (section 4.4.3.2), asks to wait for a part that has long been there,
   * and gets its answer at once instead of with the next part.
   *
   * @param first the number of the first segment
   */
  private void start(StringBuilder to, int first) {
    to.append("#EXTM3U\n#EXT-X-VERSION:")
        .append(VERSION)
        .append("\n#EXT-X-TARGETDURATION:")
        .append(track.targetSeconds())
        .append("\n#EXT-X-MEDIA-SEQUENCE:")
        .append(first)
        .append('\n');
    if (track.info().isAudio()) {
      to.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    }
  }

  /** The segment that grows, and the part that comes next. */
  private void edge(StringBuilder to, Track.Snapshot now) {
    Segment open = now.open();
    if (open != null) {
      map(to, now.segments(), open, now.segments().size(), now.segments().isEmpty());
      dateTime(to, open);
      parts(to, open);
    }
    to.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
        .append(now.nextSegment())
        .append('.')
        .append(now.nextPart())
        .append(".m4s")
        .append(query)
        .append("\"\n");
  }

  private void report(StringBuilder to, Track other) {
    Track.Snapshot now = other.snapshot();
    if (now.end() == 0) {
      return;
    }
    Segment last = now.open() != null ? now.open() : now.segments().getLast();
    to.append("#EXT-X-RENDITION-REPORT:URI=\"../")
        .append(other.info().name())
        .append('/')
        .append(LivePlaylistFile.NAME)
        .append(query)
        .append("\",LAST-MSN=")
        .append(last.number());
    if (!last.parts().isEmpty()) {
      to.append(",LAST-PART=").append(last.parts().size() - 1);
    }
    to.append('\n');
  }

  private void map(
      StringBuilder to, List<Segment> segments, Segment segment, int index, boolean isFirst) {
    if (isFirst || index == 0 || segments.get(index - 1).init() != segment.init()) {
      to.append("#EXT-X-MAP:URI=\"")
          .append(Segment.initAddress(segment.init()))
          .append(query)
          .append("\"\n");
    }
  }

  private void dateTime(StringBuilder to, Segment segment) {
    Instant at = track.startedAt().plus(MediaClock.duration(segment.start()));
    to.append("#EXT-X-PROGRAM-DATE-TIME:").append(DATE_TIME.format(at)).append('\n');
  }

  private void parts(StringBuilder to, Segment segment) {
    for (Part part : segment.parts()) {
      to.append("#EXT-X-PART:DURATION=")
          .append(seconds(part.duration()))
          .append(",URI=\"")
          .append(segment.address(part.index()))
          .append(query)
          .append('"')
          .append(part.independent() ? ",INDEPENDENT=YES\n" : "\n");
    }
  }

  private void address(StringBuilder to, Segment segment) {
    to.append("#EXTINF:")
        .append(seconds(segment.duration()))
        .append(",\n")
        .append(segment.address())
        .append(query)
        .append('\n');
  }

  /** How many segments lie before the skip boundary. */
  private int skippable(Track.Snapshot now) {
    long boundary = now.end() - (long) SKIP_BEFORE * track.targetSeconds() * MediaClock.RATE;
    List<Segment> segments = now.segments();
    int count = first(segments, Math.max(0, boundary));
    return boundary <= 0 ? 0 : count;
  }

  /** The index of the segment that contains {@code time}. */
  static int first(List<Segment> segments, long time) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).end() <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Ticks as seconds with five decimals: no error that adds up could be noticed. */
  static String seconds(long ticks) {
    return String.format(Locale.ROOT, "%.5f", ticks / (double) MediaClock.RATE);
  }

  /** The tracks beside {@code track} that one switches to. */
  static List<Track> others(Recording recording, @Nullable Track track) {
    return recording.tracks().stream().filter(other -> other != track).toList();
  }
}
