package org.kakehashi.server.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Captions in WebVTT (W3C, section 4): cues with what positions them. Comments, styles and regions
 * are read over. Pure.
 *
 * @param cues by start
 */
public record WebVtt(List<Cue> cues) {
  private static final int MAX_CUES = 50_000;
  private static final int MAX_CUE = 4000;
  private static final int MAX_LINE = 2000;

  /** Media times in segments are a second later than the recording's (RFC 8216bis, 3.1.4). */
  private static final String MAP = "X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:90000";

  private static final String TIME = "(?:(\\d{2,3}):)?([0-5]\\d):([0-5]\\d)\\.(\\d{3})";
  private static final Pattern TIMING =
      Pattern.compile(TIME + "[ \\t]+-->[ \\t]+" + TIME + "(?:[ \\t]+(.*))?");

  /**
   * A caption.
   *
   * @param id of its author; null if there is none
   * @param startMs from the recording's first moment
   * @param settings where it stands, as written; may be empty
   * @param text its lines
   */
  public record Cue(@Nullable String id, long startMs, long endMs, String settings, String text) {}

  public WebVtt {
    cues = cues.stream().sorted(Comparator.comparingLong(Cue::startMs)).toList();
  }

  /**
   * Reads a file.
   *
   * @throws ProblemException {@link ProblemType#BAD_CAPTIONS}, naming the line
   */
  public static WebVtt read(byte[] file) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw bad("The file is not UTF-8 text. Save it as UTF-8.");
    }
    return new WebVtt(new Reader(text).cues());
  }

  /**
   * Writes the cues that are at least partly shown, as a subtitles segment of HLS.
   *
   * @param cut what is shown; null for all
   */
  public String write(@Nullable Cut cut) {
    StringBuilder out = new StringBuilder("WEBVTT\n").append(MAP).append('\n');
    for (Cue cue : cues) {
      if (cut != null && (cue.endMs <= cut.startMs() || cue.startMs >= cut.endMs())) {
        continue;
      }
      out.append('\n');
      if (cue.id != null) {
        out.append(cue.id).append('\n');
      }
      out.append(time(cue.startMs)).append(" --> ").append(time(cue.endMs));
      if (!cue.settings.isEmpty()) {
        out.append(' ').append(cue.settings);
      }
      out.append('\n').append(cue.text).append('\n');
    }
    return out.toString();
  }

  private static String time(long ms) {
    return "%02d:%02d:%02d.%03d"
        .formatted(ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
  }

  private static ProblemException bad(String detail) {
    return ProblemType.BAD_CAPTIONS.because(detail).asException();
  }

  /** Reads block by block; a block ends with an empty line. */
  private static final class Reader {
    private final String[] lines;
    private final List<Cue> cues = new ArrayList<>();
    private int next;

    Reader(String text) {
      String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
      lines = plain.split("\r\n|\n|\r", -1);
      String first = lines[0];
      if (!first.equals("WEBVTT")
          && !first.startsWith("WEBVTT ")
          && !first.startsWith("WEBVTT\t")) {
        throw fault(0, "a WebVTT file begins with the line WEBVTT");
      }
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].length() > MAX_LINE) {
          throw fault(i, "is longer than " + MAX_LINE + " characters");
        }
        if (lines[i].chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
          throw fault(i, "has a control character in it");
        }
      }
      skipBlock(); // The header may have lines of its own.
    }

    List<Cue> cues() {
      while (true) {
        while (next < lines.length && lines[next].isEmpty()) {
          next++;
        }
        if (next == lines.length) {
          return cues;
        }
        block();
      }
    }

    private void block() {
      String line = lines[next];
      boolean aside =
          line.equals("NOTE")
              || line.startsWith("NOTE ")
              || line.startsWith("NOTE\t")
              || cues.isEmpty() && (line.strip().equals("STYLE") || line.strip().equals("REGION"));
      if (aside) {
        skipBlock();
        return;
      }
      String id = null;
      if (!line.contains("-->")) {
        id = line;
        next++;
      }
      if (next == lines.length || !lines[next].contains("-->")) {
        throw fault(
            Math.min(next, lines.length - 1),
            "a cue's times are expected, 00:01.000 --> 00:04.000");
      }
      cue(id);
    }

    private void cue(@Nullable String id) {
      int at = next;
      Matcher timing = TIMING.matcher(lines[next++].strip());
      if (!timing.matches()) {
        throw fault(at, "times must be written 01:02:03.000 --> 01:02:06.500");
      }
      long start = ms(timing, 1);
      long end = ms(timing, 5);
      if (end <= start) {
        throw fault(at, "the cue ends before it begins");
      }
      StringBuilder text = new StringBuilder();
      while (next < lines.length && !lines[next].isEmpty()) {
        if (lines[next].contains("-->")) {
          throw fault(next, "an empty line is missing before the next cue");
        }
        text.append(text.isEmpty() ? "" : "\n").append(lines[next++]);
        if (text.length() > MAX_CUE) {
          throw fault(at, "the cue has more than " + MAX_CUE + " characters");
        }
      }
      if (cues.size() == MAX_CUES) {
        throw fault(at, "there are more than " + MAX_CUES + " cues");
      }
      String settings = timing.group(9);
      cues.add(new Cue(id, start, end, settings == null ? "" : settings.strip(), text.toString()));
    }

    private void skipBlock() {
      while (next < lines.length && !lines[next].isEmpty()) {
        next++;
      }
    }

    private static long ms(Matcher timing, int group) {
      String hours = timing.group(group);
      return (hours == null ? 0 : Long.parseLong(hours)) * 3_600_000
          + Long.parseLong(timing.group(group + 1)) * 60_000
          + Long.parseLong(timing.group(group + 2)) * 1000
          + Long.parseLong(timing.group(group + 3));
    }

    private static ProblemException fault(int line, String what) {
      return bad("Line " + (line + 1) + ": " + what + ".");
    }
  }
}
