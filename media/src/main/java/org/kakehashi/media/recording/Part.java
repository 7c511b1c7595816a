package org.kakehashi.media.recording;

/**
 * One part of a segment: a CMAF chunk that can be fetched on its own. Immutable.
 *
 * @param index in its segment, from 0
 * @param start ticks from the recording's first moment
 * @param duration ticks
 * @param offset of its first byte in the segment
 * @param length bytes
 * @param independent whether a decoder can start here
 */
public record Part(
    int index, long start, long duration, long offset, int length, boolean independent) {
  /** Where it ends, in ticks. */
  public long end() {
    return start + duration;
  }
}
