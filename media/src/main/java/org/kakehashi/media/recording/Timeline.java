package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kakehashi.media.recording.TrackInfo.Kind;

/**
 * The file {@code timeline} of a recording: when it began, how it is cut, its tracks, its gaps, and
 * whether it has ended. Lines are only ever appended.
 *
 * @param startedAt wall-clock time of the first moment
 * @param tracks in order
 * @param ended whether it has ended
 */
record Timeline(
    Instant startedAt, Cutting cutting, List<TrackInfo> tracks, List<Gap> gaps, boolean ended) {
  /** The file's name. */
  static final String NAME = "timeline";

  private static final String FIRST_LINE = "kakehashi-recording 1";
  private static final String NO_LANGUAGE = "-";

  /** Begins the file of a new recording. */
  void create(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append("started ").append(startedAt).append('\n');
    text.append("cutting %d %d\n".formatted(cutting.partTicks(), cutting.segmentTicks()));
    for (TrackInfo track : tracks) {
      String language = track.language() == null ? NO_LANGUAGE : track.language();
      text.append("track %s %s %s\n".formatted(track.name(), track.kind(), language));
    }
    TrackFiles.replace(folder.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Notes a gap. */
  static void addGap(Path folder, Gap gap) throws IOException {
    append(folder, "gap %d %d\n".formatted(gap.start(), gap.end()));
  }

  /** Notes that the recording has ended. */
  static void addEnd(Path folder, long ticks) throws IOException {
    append(folder, "end %d\n".formatted(ticks));
  }

  /** Whether there is such a file. */
  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /**
   * Reads the file; half a last line is left out.
   *
   * @throws IOException if it cannot be read or is none
   */
  static Timeline read(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(NAME), StandardCharsets.UTF_8);
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IOException("The file " + NAME + " is of another kind");
    }
    Instant startedAt = null;
    Cutting cutting = null;
    List<TrackInfo> tracks = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    boolean ended = false;
    for (String line : lines) {
      String[] field = line.split(" ", -1);
      try {
        switch (field[0] + " " + field.length) {
          case "started 2" -> startedAt = Instant.parse(field[1]);
          case "cutting 3" -> cutting = new Cutting(parse(field[1]), parse(field[2]));
          case "track 4" -> tracks.add(track(field));
          case "gap 3" -> gaps.add(new Gap(parse(field[1]), parse(field[2])));
          case "end 2" -> ended = true;
          default -> {}
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IOException("The file " + NAME + " has a line that cannot be read: " + line, e);
      }
    }
    if (startedAt == null || cutting == null || tracks.isEmpty()) {
      throw new IOException("The file " + NAME + " lacks its beginning");
    }
    return new Timeline(startedAt, cutting, List.copyOf(tracks), List.copyOf(gaps), ended);
  }

  private static TrackInfo track(String[] field) {
    String language = field[3].equals(NO_LANGUAGE) ? null : field[3];
    return new TrackInfo(field[1], Kind.valueOf(field[2]), language);
  }

  private static long parse(String number) {
    return Long.parseLong(number);
  }

  private static void append(Path folder, String line) throws IOException {
    try (FileChannel file = TrackFiles.append(folder.resolve(NAME))) {
      TrackFiles.write(file, ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      file.force(false);
    }
  }
}
