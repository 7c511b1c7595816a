package org.kakehashi.media.recording;

import org.kakehashi.media.channel.MediaClock;

/**
 * Where tracks are cut, fixed for the whole life of a recording: no target may change (RFC 8216bis
 * section 6.2.1), whatever the settings are when it is gone on with.
 *
 * @param partTicks the longest a part may be; a whole number of AAC frames
 * @param segmentTicks how long a segment is about
 */
record Cutting(long partTicks, long segmentTicks) {
  private static final double LONGEST = 1.5;

  static Cutting of(RecordingSettings settings) {
    long segment = MediaClock.ticksIn(settings.segment());
    long most = MediaClock.ticksIn(settings.part()) / AacLane.FRAME;
    // As many parts as a segment needs, all about as long, rather than a short one at its end.
    long segmentFrames = Math.ceilDiv(segment, (long) AacLane.FRAME);
    long parts = Math.ceilDiv(segmentFrames, most);
    return new Cutting(Math.ceilDiv(segmentFrames, parts) * AacLane.FRAME, segment);
  }

  /**
   * How long a part is at least, unless it can be decoded on its own, is the last of its segment,
   * or the next frame lasts too long to be part of it (RFC 8216bis section 4.4.4.9).
   */
  long leastPartTicks() {
    return Math.ceilDiv(partTicks * 85, 100L);
  }

  /** EXT-X-TARGETDURATION. */
  int targetSeconds() {
    return (int) Math.ceil(segmentTicks * LONGEST / MediaClock.RATE);
  }

  /** A segment is cut here at the latest, key frame or not. */
  long longestSegmentTicks() {
    return (long) targetSeconds() * MediaClock.RATE;
  }

  /** Frames of sound in a part. */
  int partFrames() {
    return (int) (partTicks / AacLane.FRAME);
  }
}
