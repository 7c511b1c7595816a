package org.kakehashi.media.recording;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a stretch of a track, read from one segment after another, with times that count
 * from the stretch's start. Thread: one at a time.
 */
final class TrackSamples {
  private final Track track;
  private final List<Segment> segments;
  private final Trim trim;
  private final Deque<Sample> ready = new ArrayDeque<>();
  private int nextSegment;
  private int init;
  private boolean started;

  TrackSamples(Track track, Trim trim) {
    this.track = track;
    this.trim = trim;
    this.segments = track.snapshot().segments();
    this.nextSegment = MediaPlaylist.first(segments, trim.start());
  }

  /** The numbers of the initialisations that the stretch needs, in order, at least one. */
  List<Integer> inits() {
    return segments.stream()
        .skip(nextSegment)
        .takeWhile(segment -> segment.start() < trim.end())
        .map(Segment::init)
        .distinct()
        .toList();
  }

  /** The next sample, not taken; null at the end of the stretch. */
  @Nullable Sample peek() throws IOException {
    while (ready.isEmpty() && nextSegment < segments.size()) {
      Segment segment = segments.get(nextSegment);
      if (segment.start() >= trim.end()) {
        return null;
      }
      nextSegment++;
      byte[] bytes =
          track
              .segment(segment.number())
              .orElseThrow(() -> new IOException("A segment of " + track + " is missing"));
      init = segment.init();
      FragmentReader.samples(bytes).forEach(this::add);
    }
    return ready.peek();
  }

  /** The next sample; null at the end of the stretch. */
  @Nullable Sample poll() throws IOException {
    peek();
    return ready.poll();
  }

  /** Which initialisation the sample that was taken last needs. */
  int init() {
    return init;
  }

  private void add(Sample sample) {
    if (sample.time() < trim.start() || sample.time() >= trim.end() || !started && !sample.key()) {
      return;
    }
    long time = sample.time() - trim.start();
    long duration = Math.min(sample.duration(), trim.end() - sample.time());
    if (!started && !track.info().isAudio()) {
      duration += time; // The first picture stands from the start.
      time = 0;
    }
    started = true;
    ready.add(new Sample(time, duration, sample.key(), sample.data()));
  }
}
