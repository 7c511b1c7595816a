package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One track of a recording as it can be read now: its segments, and their bytes, from memory at the
 * live edge and from the files behind. While it is recorded it grows.
 *
 * <p>Thread: any for reading; the recorder's for what is not public.
 */
public final class Track {
  /** How many segments keep their parts, and the bytes of these, in memory. */
  static final int LIVE_SEGMENTS = 5;

  private final TrackInfo info;
  private final Path folder;
  private final SegmentLog log = new SegmentLog();
  private final Map<Long, byte[]> liveBytes = new ConcurrentHashMap<>();
  private final PartWaiters waiters = new PartWaiters();
  private final Instant startedAt;
  private final int targetSeconds;
  private final long partTarget;
  private volatile Snapshot snapshot = new Snapshot(List.of(), null, false, List.of());

  /**
   * What a track consists of at one moment. Immutable.
   *
   * @param segments the whole ones, number 1 first, without holes
   * @param open the one that is growing, with at least one part; null if none is
   * @param ended whether nothing more will come
   * @param formats by number of initialisation, from 1; sound has one, without size
   */
  public record Snapshot(
      List<Segment> segments, @Nullable Segment open, boolean ended, List<VideoFormat> formats) {

    /** Where the track ends, in ticks. */
    public long end() {
      if (open != null) {
        return open.end();
      }
      return segments.isEmpty() ? 0 : segments.getLast().end();
    }

    /** The whole or growing segment {@code number}, if it exists. */
    public Optional<Segment> segment(long number) {
      if (number >= 1 && number <= segments.size()) {
        return Optional.of(segments.get((int) number - 1));
      }
      return open != null && open.number() == number ? Optional.of(open) : Optional.empty();
    }

    /** The number of the segment that grows, or will be next. */
    public long nextSegment() {
      return segments.size() + 1L;
    }

    /** The index of the part of {@link #nextSegment} that is to come next. */
    public int nextPart() {
      return open == null ? 0 : open.parts().size();
    }
  }

  Track(TrackInfo info, Path folder, Instant startedAt, Cutting cutting) {
    this.info = info;
    this.folder = folder;
    this.startedAt = startedAt;
    this.targetSeconds = cutting.targetSeconds();
    this.partTarget = cutting.partTicks();
  }

  /** The wall-clock time of the recording's first moment. */
  Instant startedAt() {
    return startedAt;
  }

  /** What it is. */
  public TrackInfo info() {
    return info;
  }

  /** Its folder, named after it. */
  public Path folder() {
    return folder;
  }

  /** No segment's duration, rounded to seconds, exceeds this: EXT-X-TARGETDURATION. */
  public int targetSeconds() {
    return targetSeconds;
  }

  /** No part is longer than this many ticks: PART-TARGET. */
  public long partTarget() {
    return partTarget;
  }

  /** What it consists of now. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Completes when a part can be read: at once if it can already, also when the recording ends
   * before. A part that its segment turned out not to have counts as the first of the next segment
   * (RFC 8216bis section 6.2.5.2).
   *
   * <p>Completes on the recorder's thread: go on elsewhere ({@code thenRunAsync}). Waiting for the
   * same part costs little: all get the same stage.
   *
   * @param segment number, from 1
   * @param part index from 0, or -1 for the whole segment
   */
  public CompletionStage<Void> whenAvailable(long segment, int part) {
    return waiters.waitFor(segment, part, this::isAvailable);
  }

  /** Whether {@link #whenAvailable} would complete at once. */
  public boolean isAvailable(long segment, int part) {
    Snapshot now = snapshot;
    if (now.ended() || segment < now.nextSegment() && part < 0) {
      return true;
    }
    if (segment == now.nextSegment()) {
      return part >= 0 && part < now.nextPart();
    }
    if (segment > now.nextSegment()) {
      return false;
    }
    Segment whole = now.segments().get((int) Math.max(0, segment - 1));
    boolean exists = whole.parts().isEmpty() || part < whole.parts().size();
    return exists || segment + 1 < now.nextSegment() || now.open() != null;
  }

  /** The bytes of a part, if it exists and its segment is not too old to have parts. */
  public Optional<byte[]> part(long segment, int part) throws IOException {
    Optional<Segment> found = snapshot.segment(segment);
    if (part < 0 || found.isEmpty() || part >= found.get().parts().size()) {
      return Optional.empty();
    }
    byte[] live = liveBytes.get(key(segment, part));
    if (live != null) {
      return Optional.of(live);
    }
    Part wanted = found.get().parts().get(part);
    return Optional.of(read(file(segment), wanted.offset(), wanted.length()));
  }

  /** The bytes of a whole segment, if it is whole; from its file. */
  public Optional<byte[]> segment(long segment) throws IOException {
    Snapshot now = snapshot;
    if (segment < 1 || segment > now.segments().size()) {
      return Optional.empty();
    }
    return Optional.of(
        read(file(segment), 0, (int) now.segments().get((int) segment - 1).length()));
  }

  /** The bytes of an initialisation, number from 1, if it exists. */
  public Optional<byte[]> init(int number) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(Segment.initAddress(number))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The file of a segment, which exists if the segment does. */
  public Path file(long segment) {
    return folder.resolve(segment + ".m4s");
  }

  /** Takes a part in; the recorder's thread. */
  void add(long segment, int init, Part part, byte @Nullable [] bytes) {
    Snapshot before = snapshot;
    Segment open = before.open();
    Segment grown =
        open == null
            ? new Segment(
                segment,
                part.start(),
                part.duration(),
                init,
                part.length(),
                part.independent(),
                List.of(part))
            : new Segment(
                segment,
                open.start(),
                open.duration() + part.duration(),
                init,
                open.length() + part.length(),
                open.independent(),
                append(open.parts(), part));
    if (bytes != null) {
      liveBytes.put(key(segment, part.index()), bytes);
    }
    snapshot = new Snapshot(before.segments(), grown, false, before.formats());
    waiters.complete(this::isAvailable);
  }

  /** Makes the growing segment whole; the recorder's thread. */
  void closeSegment() {
    Snapshot before = snapshot;
    Segment open = before.open();
    if (open == null) {
      return;
    }
    log.add(open);
    int old = log.count() - LIVE_SEGMENTS - 1;
    if (old >= 0) {
      Segment forgotten = log.view().get(old);
      forgotten.parts().forEach(part -> liveBytes.remove(key(forgotten.number(), part.index())));
      log.dropParts(old);
    }
    snapshot = new Snapshot(log.view(), null, false, before.formats());
    waiters.complete(this::isAvailable);
  }

  /** Says that a new initialisation begins; the recorder's thread. */
  void addFormat(VideoFormat format) {
    Snapshot before = snapshot;
    snapshot =
        new Snapshot(
            before.segments(), before.open(), before.ended(), append(before.formats(), format));
  }

  /** Says that nothing more will come; the recorder's thread. */
  void end() {
    closeSegment();
    Snapshot before = snapshot;
    snapshot = new Snapshot(before.segments(), null, true, before.formats());
    liveBytes.clear();
    waiters.complete(this::isAvailable);
  }

  private static <T> List<T> append(List<T> list, T element) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }

  private static long key(long segment, int part) {
    return segment << 16 | part;
  }

  private static byte[] read(Path file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new IOException(file.getFileName() + " is shorter than it was");
        }
      }
    }
    return bytes.array();
  }

  @Override
  public String toString() {
    return info.name();
  }
}
