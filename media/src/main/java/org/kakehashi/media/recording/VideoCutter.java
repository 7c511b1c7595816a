package org.kakehashi.media.recording;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a picture track into parts and segments. A frame lasts until the next begins, so one is
 * always kept back. Segments begin with a key frame where one comes in time.
 *
 * <p>Thread: the recorder's.
 */
final class VideoCutter implements AutoCloseable {
  private final TrackWriter writer;
  private final Cutting cutting;
  private @Nullable Fragmenter fragmenter;
  private @Nullable PictureFormat format;
  private int init;
  private long segmentStart;
  private long partStart;
  private long written;
  private boolean partIndependent;
  private @Nullable Frame kept;

  private record Frame(long time, boolean key, byte[] data) {}

  VideoCutter(TrackWriter writer, Cutting cutting) {
    this.writer = writer;
    this.cutting = cutting;
    this.segmentStart = writer.end();
    this.partStart = segmentStart;
    this.written = segmentStart;
  }

  /** Where the next frame may begin at the earliest: after the one that is kept. */
  long position() {
    Frame last = kept;
    return last == null ? written : last.time + 1;
  }

  /** When the kept frame begins; where everything ends if there is none. */
  long lastTime() {
    Frame last = kept;
    return last == null ? written : last.time;
  }

  /** Until when the part that grows may last. */
  long partEnd() {
    return partStart + cutting.partTicks();
  }

  /** Whether a frame is kept whose end is not known. */
  boolean isKeeping() {
    return kept != null;
  }

  /** Where the segment that grows began. */
  long segmentStart() {
    return segmentStart;
  }

  /** Whether a key frame at {@code time} would begin a new segment. */
  boolean isKeyDue(long time) {
    return time - segmentStart >= cutting.segmentTicks() - cutting.partTicks() / 2;
  }

  /**
   * Adds a frame, and with it ends the one before.
   *
   * @param time at {@link #position} or later; exactly there if no frame is kept
   */
  void add(long time, boolean key, PictureFormat in, byte[] data) throws IOException {
    finish(time);
    boolean tooLong = time - segmentStart > cutting.longestSegmentTicks() - cutting.partTicks();
    boolean begins = time > segmentStart;
    if (!in.equals(format) || begins && (key && isKeyDue(time) || tooLong)) {
      cutSegment();
    }
    if (!in.equals(format)) {
      change(in);
    }
    kept = new Frame(time, key, data);
  }

  /** Ends the frame that is kept, if one is, at {@code time}. */
  void finish(long time) throws IOException {
    Frame last = kept;
    Fragmenter open = fragmenter;
    if (last == null || open == null) {
      return;
    }
    kept = null;
    long duration = time - last.time;
    if (written > partStart && time - partStart > cutting.partTicks()) {
      cutPart();
    }
    if (written == partStart) {
      partIndependent = last.key;
    }
    open.add(last.time, duration, last.key, last.data);
    written = time;
    long length = written - partStart;
    if (length >= cutting.leastPartTicks() && length + duration > cutting.partTicks()) {
      cutPart(); // Another like this one would not fit.
    }
  }

  /** Ends the segment, all of whose frames are {@linkplain #finish finished}. */
  void cutSegment() throws IOException {
    cutPart();
    writer.closeSegment();
    segmentStart = written;
  }

  private void cutPart() throws IOException {
    Fragmenter open = fragmenter;
    if (written > partStart && open != null) {
      writer.part(init, partStart, written - partStart, partIndependent, open.cut());
      partStart = written;
    }
  }

  private void change(PictureFormat in) throws IOException {
    if (fragmenter != null) {
      fragmenter.close();
    }
    Fragmenter opened = Fragmenter.h264(in);
    fragmenter = opened;
    format = in;
    init = writer.init(opened.init(), in.described());
  }

  @Override
  public void close() {
    if (fragmenter != null) {
      fragmenter.close();
      fragmenter = null;
    }
  }
}
