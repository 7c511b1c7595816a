package org.kakehashi.media.rtp;

import java.util.Arrays;

/**
 * The last packets of padding of one track, which look like any other to who misses them: a decoder
 * may wait for one that is lost. Found at once, however many are asked for. Thread: the listener's
 * media loop.
 */
final class Paddings {
  /** More than one look at the line takes. */
  static final int SIZE = 256;

  private final long[] sequences = new long[SIZE];
  private final int[] timestamps = new int[SIZE];
  private final byte[] lengths = new byte[SIZE];
  private final byte[] payloadTypes = new byte[SIZE];

  Paddings() {
    Arrays.fill(sequences, Long.MIN_VALUE); // No number that anybody could ask for.
  }

  /**
   * Notes one, and returns where it is.
   *
   * @param payloadType 0 to 127
   * @param length in bytes, 1 to 255
   */
  int add(long sequence, int timestamp, int payloadType, int length) {
    int slot = slot(sequence);
    sequences[slot] = sequence;
    timestamps[slot] = timestamp;
    lengths[slot] = (byte) length;
    payloadTypes[slot] = (byte) payloadType;
    return slot;
  }

  /** Where it is, from 0 to {@value #SIZE} - 1; -1 if this was not padding, or too long ago. */
  int find(long sequence) {
    int slot = slot(sequence);
    return sequences[slot] == sequence ? slot : -1;
  }

  private static int slot(long sequence) {
    return (int) sequence & SIZE - 1;
  }

  long sequence(int slot) {
    return sequences[slot];
  }

  int timestamp(int slot) {
    return timestamps[slot];
  }

  int payloadType(int slot) {
    return payloadTypes[slot];
  }

  int length(int slot) {
    return lengths[slot] & 0xFF;
  }
}
