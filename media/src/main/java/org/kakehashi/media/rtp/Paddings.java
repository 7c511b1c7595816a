package org.kakehashi.media.rtp;

/**
 * The last packets of padding of one track, which look like any other to who misses them: a decoder
 * may wait for one that is lost. Thread: the listener's media loop.
 */
final class Paddings {
  /** More than one look at the line takes. */
  static final int SIZE = 256;

  private final long[] sequences = new long[SIZE];
  private final int[] timestamps = new int[SIZE];
  private final byte[] lengths = new byte[SIZE];
  private final byte[] payloadTypes = new byte[SIZE];
  private int count; // Modulo 2^32; only its last bits and whether it is small matter.

  /**
   * Notes one, and returns where it is.
   *
   * @param payloadType 0 to 127
   * @param length in bytes, 1 to 255
   */
  int add(long sequence, int timestamp, int payloadType, int length) {
    int slot = count++ & SIZE - 1;
    sequences[slot] = sequence;
    timestamps[slot] = timestamp;
    lengths[slot] = (byte) length;
    payloadTypes[slot] = (byte) payloadType;
    return slot;
  }

  /** Where it is, from 0 to {@value #SIZE} - 1; -1 if this was not padding, or too long ago. */
  int find(long sequence) {
    for (int slot = Math.min(count, SIZE) - 1; slot >= 0; slot--) {
      if (sequences[slot] == sequence) {
        return slot;
      }
    }
    return -1;
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
