package org.kakehashi.media.recording;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a track from its folder, and cuts off what is beyond the last whole part: half a line of
 * the index, bytes that no line names, lines whose bytes are not there.
 *
 * <p>Thread: any; nobody else may use the folder meanwhile.
 */
final class TrackRepair {
  private static final Pattern SEGMENT_FILE = Pattern.compile("(\\d{1,18})\\.m4s");

  private final Path folder;
  private final Track track;
  private final Map<Long, Long> lengths = new HashMap<>();
  private long end;
  private long segment = 1;
  private long offset;

  private TrackRepair(Track track) {
    this.track = track;
    this.folder = track.folder();
  }

  /**
   * Fills {@code track}, which is empty, from its folder.
   *
   * @param repair whether to change what is broken, rather than only to leave it out
   */
  static void load(Track track, boolean repair) throws IOException {
    new TrackRepair(track).run(repair);
  }

  private void run(boolean repair) throws IOException {
    if (!Files.isDirectory(folder)) {
      return; // It was interrupted before this track began.
    }
    measure();
    for (int i = 1; track.init(i).isPresent(); i++) {
      track.addFormat(format(track.init(i).orElseThrow()));
    }
    Path index = folder.resolve(TrackFiles.INDEX);
    byte[] text = Files.exists(index) ? Files.readAllBytes(index) : new byte[0];
    int good = 0;
    for (int next = lineEnd(text, 0); next > 0; next = lineEnd(text, next)) {
      String line = new String(text, good, next - 1 - good, StandardCharsets.US_ASCII);
      if (!IndexLine.parse(line).map(this::take).orElse(false)) {
        break;
      }
      good = next;
    }
    track.closeSegment();
    if (repair) {
      cut(index, good);
      cutSegments();
    }
  }

  /** Takes a line in; false if it does not go on from those before, or its bytes are missing. */
  private boolean take(IndexLine line) {
    Part part = line.part();
    boolean opens = line.segment() == segment + 1 && part.offset() == 0 && offset > 0;
    boolean goesOn = line.segment() == segment && part.offset() == offset;
    boolean isThere =
        lengths.getOrDefault(line.segment(), 0L) >= part.offset() + part.length()
            && line.init() >= 1
            && (line.init() <= track.snapshot().formats().size());
    if (!(opens || goesOn) || !isThere || part.start() != end) {
      return false;
    }
    if (opens) {
      track.closeSegment();
      segment++;
      offset = 0;
    }
    Segment open = track.snapshot().open();
    int index = open == null ? 0 : open.parts().size();
    track.add(
        segment,
        line.init(),
        new Part(
            index, part.start(), part.duration(), part.offset(), part.length(), part.independent()),
        null);
    offset += part.length();
    end = part.end();
    return true;
  }

  private void measure() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.m4s")) {
      for (Path file : files) {
        Matcher name = SEGMENT_FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          lengths.put(Long.parseLong(name.group(1)), Files.size(file));
        }
      }
    }
  }

  private void cutSegments() throws IOException {
    List<Segment> segments = track.snapshot().segments();
    for (Map.Entry<Long, Long> file : lengths.entrySet()) {
      long number = file.getKey();
      if (number < 1 || number > segments.size()) {
        Files.delete(track.file(number));
      } else if (file.getValue() > segments.get((int) number - 1).length()) {
        cut(track.file(number), segments.get((int) number - 1).length());
      }
    }
  }

  private static void cut(Path file, long length) throws IOException {
    if (Files.exists(file) && Files.size(file) > length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
        channel.force(true);
      }
    }
  }

  private static int lineEnd(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private VideoFormat format(byte[] init) {
    if (track.info().isAudio()) {
      return new VideoFormat("mp4a.40.2", 0, 0);
    }
    Optional<PictureFormat> format = InitReader.picture(Unpooled.wrappedBuffer(init));
    return format.map(PictureFormat::described).orElse(new VideoFormat("avc1.42c01f", 0, 0));
  }
}
