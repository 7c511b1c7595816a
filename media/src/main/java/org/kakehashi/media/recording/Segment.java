package org.kakehashi.media.recording;

import java.util.List;

/**
 * One segment of a track, whole or still growing. Immutable.
 *
 * @param number from 1, without holes: its media sequence number
 * @param start ticks from the recording's first moment
 * @param duration ticks, so far
 * @param init number of the initialisation it needs, from 1
 * @param length bytes, so far
 * @param independent whether a decoder can start at its beginning
 * @param parts empty once the segment is too old for anybody to ask for its parts
 */
public record Segment(
    long number,
    long start,
    long duration,
    int init,
    long length,
    boolean independent,
    List<Part> parts) {

  /** Keeps its own copy. */
  public Segment {
    parts = List.copyOf(parts);
  }

  /** Where it ends, in ticks. */
  public long end() {
    return start + duration;
  }

  /** Its file in the track's folder, and its address in playlists: {@code 12.m4s}. */
  public String address() {
    return number + ".m4s";
  }

  /** The address of one of its parts, {@code 12.3.m4s}. */
  public String address(int part) {
    return number + "." + part + ".m4s";
  }

  /** The file name and address of an initialisation: {@code init.mp4}, {@code init-2.mp4}, …. */
  public static String initAddress(int init) {
    return init == 1 ? "init.mp4" : "init-" + init + ".mp4";
  }

  /** The same without the parts. */
  Segment withoutParts() {
    return new Segment(number, start, duration, init, length, independent, List.of());
  }
}
