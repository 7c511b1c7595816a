package org.kakehashi.media.recording;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The whole segments of a track, appended only; about 60 bytes each. Thread: one writes, any read
 * the views.
 */
final class SegmentLog {
  private Segment[] segments = new Segment[64];
  private int count;

  /** Appends a segment. */
  void add(Segment segment) {
    if (count == segments.length) {
      segments = Arrays.copyOf(segments, count * 2);
    }
    segments[count++] = segment;
  }

  int count() {
    return count;
  }

  /** Forgets the parts of the segment {@code index}, in the views that exist too. */
  void dropParts(int index) {
    segments[index] = segments[index].withoutParts();
  }

  /** The segments so far; later ones do not show in it. */
  List<Segment> view() {
    return new View(segments, count);
  }

  private static final class View extends AbstractList<Segment> implements RandomAccess {
    private final Segment[] segments;
    private final int count;

    View(Segment[] segments, int count) {
      this.segments = segments;
      this.count = count;
    }

    @Override
    public Segment get(int index) {
      if (index < 0 || index >= count) {
        throw new IndexOutOfBoundsException(index);
      }
      return segments[index];
    }

    @Override
    public int size() {
      return count;
    }
  }
}
