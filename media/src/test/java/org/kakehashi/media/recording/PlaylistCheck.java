package org.kakehashi.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a media playlist as strictly as RFC 8216bis is written, and fails where a server would
 * break a rule of it. Written on its own, from the text of the draft.
 */
public final class PlaylistCheck {
  /** A part as the playlist lists it. */
  record ListedPart(String address, double duration, boolean independent) {}

  /** A segment as the playlist lists it. */
  record ListedSegment(
      long number,
      String address,
      String map,
      double duration,
      Instant dateTime,
      List<ListedPart> parts) {}

  private static final Pattern PART =
      Pattern.compile("DURATION=([0-9.]+),URI=\"([^\"]+)\"(,INDEPENDENT=YES)?");
  private static final Pattern CONTROL =
      Pattern.compile("CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=([0-9.]+),PART-HOLD-BACK=([0-9.]+)");

  final List<ListedSegment> segments = new ArrayList<>();
  final List<ListedPart> openParts = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  Optional<String> hint = Optional.empty();
  String type = "";
  int target;
  double partTarget;

  /** What a list that does not say it begins with (section 4.4.3.2). */
  long mediaSequence;

  int skipped;
  boolean ended;
  double startOffset = -1;
  private boolean independentSegments;
  private String openMap = "";
  private Instant openDateTime;

  /** Checks a playlist on its own; a picture's frames last 100 ms at most. */
  public static PlaylistCheck of(String text) {
    return of(text, text.contains("#EXT-X-INDEPENDENT-SEGMENTS") ? 0 : 0.1);
  }

  /**
   * Checks a playlist on its own.
   *
   * @param frame how long a frame may last, s: where another would not fit, a part may be too short
   */
  static PlaylistCheck of(String text, double frame) {
    PlaylistCheck check = new PlaylistCheck();
    check.frame = frame;
    check.read(text);
    check.checkDurations();
    check.checkParts();
    check.checkTimes();
    return check;
  }

  /** Checks that a playlist is what {@code before} may become (section 6.2.1 and 6.2.2). */
  public PlaylistCheck follows(PlaylistCheck before) {
    assertThat(target).as("the target duration never changes").isEqualTo(before.target);
    assertThat(mediaSequence).isGreaterThanOrEqualTo(before.mediaSequence);
    if (before.type.equals("EVENT")) {
      assertThat(type).isEqualTo("EVENT");
      assertThat(mediaSequence).as("nothing leaves an EVENT").isEqualTo(before.mediaSequence);
    }
    assertThat(before.ended).as("nothing follows the end").isFalse();
    for (ListedSegment old : before.segments) {
      int index = (int) (old.number - mediaSequence - skipped);
      if (index < 0) {
        assertThat(skipped).isPositive();
        continue;
      }
      ListedSegment now = segments.get(index);
      assertThat(now.number).isEqualTo(old.number);
      assertThat(now.address).isEqualTo(old.address);
      assertThat(now.duration).isEqualTo(old.duration);
      assertThat(now.map).isEqualTo(old.map);
      assertThat(now.dateTime).isEqualTo(old.dateTime);
    }
    checkHintKept(before);
    return this;
  }

  private void checkHintKept(PlaylistCheck before) {
    if (before.openParts.isEmpty()) {
      return;
    }
    long number = before.mediaSequence + before.skipped + before.segments.size();
    int index = (int) (number - mediaSequence - skipped);
    List<ListedPart> now = index < segments.size() ? segments.get(index).parts : openParts;
    if (!now.isEmpty()) {
      assertThat(now.subList(0, before.openParts.size()))
          .as("parts stay what they were")
          .isEqualTo(before.openParts);
    }
  }

  private void read(String text) {
    assertThat(text).startsWith("#EXTM3U\n").endsWith("\n").doesNotContain("\r", "\t");
    String map = "";
    Instant dateTime = null;
    Double duration = null;
    List<ListedPart> parts = new ArrayList<>();
    Set<String> once = new HashSet<>();
    boolean media = false;
    for (String line : text.split("\n")) {
      String name = line.startsWith("#") ? line.split(":", 2)[0] : "";
      String value = line.contains(":") ? line.substring(line.indexOf(':') + 1) : "";
      switch (name) {
        case "#EXTM3U",
            "#EXT-X-VERSION",
            "#EXT-X-TARGETDURATION",
            "#EXT-X-MEDIA-SEQUENCE",
            "#EXT-X-PLAYLIST-TYPE",
            "#EXT-X-SERVER-CONTROL",
            "#EXT-X-PART-INF",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXT-X-START",
            "#EXT-X-SKIP" -> {
          assertThat(once.add(name)).as("only one " + name).isTrue();
          assertThat(media).as(name + " before the first segment").isFalse();
          header(name, value);
        }
        case "#EXT-X-MAP" -> {
          Matcher uri = Pattern.compile("URI=\"(init(-\\d+)?\\.mp4[^\"]*)\"").matcher(value);
          assertThat(uri.matches()).as(value).isTrue();
          map = uri.group(1);
          media = true;
        }
        case "#EXT-X-PROGRAM-DATE-TIME" -> dateTime = Instant.parse(value);
        case "#EXT-X-PART" -> {
          Matcher part = PART.matcher(value);
          assertThat(part.matches()).as(value).isTrue();
          parts.add(
              new ListedPart(
                  part.group(2), Double.parseDouble(part.group(1)), part.group(3) != null));
          media = true;
        }
        case "#EXTINF" -> {
          assertThat(value).matches("[0-9]+\\.[0-9]+,");
          duration = new BigDecimal(value.substring(0, value.length() - 1)).doubleValue();
        }
        case "" -> {
          assertThat(duration).as("EXTINF before " + line).isNotNull();
          assertThat(map).as("a map for " + line).isNotEmpty();
          long number = mediaSequence + skipped + segments.size();
          assertThat(line).startsWith(number + ".m4s");
          segments.add(
              new ListedSegment(number, line, map, duration, dateTime, List.copyOf(parts)));
          parts.clear();
          duration = null;
          dateTime = null;
        }
        case "#EXT-X-PRELOAD-HINT" -> {
          Matcher uri = Pattern.compile("TYPE=PART,URI=\"([^\"]+)\"").matcher(value);
          assertThat(uri.matches()).as(value).isTrue();
          hint = Optional.of(uri.group(1));
        }
        case "#EXT-X-RENDITION-REPORT" -> {
          assertThat(value).matches("URI=\"\\.\\./[^\"]+\",LAST-MSN=\\d+(,LAST-PART=\\d+)?");
          reports.add(value);
        }
        case "#EXT-X-ENDLIST" -> ended = true;
        default -> throw new AssertionError("An unknown line: " + line);
      }
    }
    openParts.addAll(parts);
    openMap = map;
    openDateTime = dateTime;
    assertThat(duration).as("an EXTINF without a segment").isNull();
    assertThat(once).contains("#EXT-X-VERSION", "#EXT-X-TARGETDURATION");
  }

  private void header(String name, String value) {
    switch (name) {
      case "#EXT-X-VERSION" ->
          assertThat(Integer.parseInt(value)).as("for EXT-X-SKIP").isGreaterThanOrEqualTo(9);
      case "#EXT-X-TARGETDURATION" -> target = Integer.parseInt(value);
      case "#EXT-X-MEDIA-SEQUENCE" -> mediaSequence = Long.parseLong(value);
      case "#EXT-X-PLAYLIST-TYPE" -> type = value;
      case "#EXT-X-INDEPENDENT-SEGMENTS" -> independentSegments = true;
      case "#EXT-X-START" -> {
        Matcher start = Pattern.compile("TIME-OFFSET=([0-9.]+),PRECISE=YES").matcher(value);
        assertThat(start.matches()).as(value).isTrue();
        startOffset = Double.parseDouble(start.group(1));
      }
      case "#EXT-X-PART-INF" ->
          partTarget = Double.parseDouble(value.substring("PART-TARGET=".length()));
      case "#EXT-X-SERVER-CONTROL" -> {
        Matcher control = CONTROL.matcher(value);
        assertThat(control.matches()).as(value).isTrue();
        assertThat(Double.parseDouble(control.group(1)))
            .as("the skip boundary is at least six target durations away")
            .isGreaterThanOrEqualTo(6 * target);
        holdBack = Double.parseDouble(control.group(2));
      }
      case "#EXT-X-SKIP" ->
          skipped = Integer.parseInt(value.substring("SKIPPED-SEGMENTS=".length()));
      default -> {}
    }
  }

  private double holdBack;
  private double frame;

  private void checkDurations() {
    assertThat(target).isPositive();
    for (ListedSegment segment : segments) {
      assertThat(Math.round(segment.duration))
          .as("%s rounds to the target duration at most", segment.address)
          .isLessThanOrEqualTo(target);
      assertThat(segment.duration).isPositive();
    }
    assertThat(type).isIn("EVENT", "VOD");
    if (type.equals("VOD")) {
      assertThat(ended).isTrue();
    }
    if (ended) {
      assertThat(openParts).as("no parts after the end").isEmpty();
      assertThat(hint).isEmpty();
      assertThat(skipped).isZero();
    }
  }

  private void checkParts() {
    if (ended) {
      return;
    }
    assertThat(partTarget).as("EXT-X-PART-INF").isPositive();
    assertThat(holdBack).as("PART-HOLD-BACK").isGreaterThanOrEqualTo(2 * partTarget);
    for (ListedSegment segment : segments) {
      if (segment.parts.isEmpty()) {
        continue;
      }
      double sum = segment.parts.stream().mapToDouble(ListedPart::duration).sum();
      assertThat(sum)
          .as("parts of %s", segment.address)
          .isBetween(segment.duration - 0.001, segment.duration + 0.001);
      checkParts(segment.number, segment.parts, true);
      if (independentSegments) {
        assertThat(segment.parts.getFirst().independent).isTrue();
      }
    }
    long open = mediaSequence + skipped + segments.size();
    checkParts(open, openParts, false);
    assertThat(hint.orElseThrow()).startsWith(open + "." + openParts.size() + ".m4s");
  }

  private void checkParts(long number, List<ListedPart> parts, boolean closed) {
    for (int i = 0; i < parts.size(); i++) {
      ListedPart part = parts.get(i);
      assertThat(part.address).as("parts in order").startsWith(number + "." + i + ".m4s");
      assertThat(part.duration)
          .as("%s is at most the part target", part.address)
          .isLessThanOrEqualTo(partTarget + 0.00001);
      boolean isLast = closed && i == parts.size() - 1;
      if (!isLast && !part.independent && part.duration + frame <= partTarget) {
        assertThat(part.duration)
            .as("%s is at least 85 %% of the part target (section 4.4.4.9)", part.address)
            .isGreaterThanOrEqualTo(0.85 * partTarget - 0.00001);
      }
    }
  }

  private void checkTimes() {
    Instant expected = null;
    for (ListedSegment segment : segments) {
      assertThat(segment.dateTime).as("a date for " + segment.address).isNotNull();
      if (expected != null) {
        assertThat(Duration.between(expected, segment.dateTime).abs())
            .as("dates and durations agree at %s", segment.address)
            .isLessThanOrEqualTo(Duration.ofMillis(2));
      }
      expected = segment.dateTime.plusNanos(Math.round(segment.duration * 1e9));
    }
    if (expected != null && openDateTime != null) {
      assertThat(Duration.between(expected, openDateTime).abs())
          .isLessThanOrEqualTo(Duration.ofMillis(2));
    }
    if (!openParts.isEmpty()) {
      assertThat(openMap).isNotEmpty();
    }
  }
}
