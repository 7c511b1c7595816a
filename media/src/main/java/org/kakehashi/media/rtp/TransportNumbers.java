package org.kakehashi.media.rtp;

/**
 * Which transport-wide number each of a track's last packets went by. A packet that is sent again
 * must be the same to the bit: under AES-GCM two packets of one sequence number that differ only in
 * their header give the authentication key away (RFC 7714 §8.1 and §9.1). Nothing is allocated for
 * a packet. Thread: the listener's media loop.
 */
final class TransportNumbers {
  /** Within 2.5 s at 200 packets a second; what is missed for longer is not asked for any more. */
  static final int SIZE = 512;

  private static final int SHIFT = Integer.numberOfTrailingZeros(SIZE);
  private static final int KNOWN = 1 << 16;

  /** Each: which round of the ring, 15 bits; {@link #KNOWN}; the number, 16 bits. */
  private final int[] ring = new int[SIZE];

  /**
   * The number of a packet.
   *
   * @param sequence of the track
   * @return 0 to 65535; -1 if it was not sent, or too long ago
   */
  int of(long sequence) {
    int entry = ring[slot(sequence)];
    return (entry & ~0xFFFF) == round(sequence) ? entry & 0xFFFF : -1;
  }

  /** Keeps {@code number}, 0 to 65535. */
  void put(long sequence, int number) {
    ring[slot(sequence)] = round(sequence) | number;
  }

  private static int slot(long sequence) {
    return (int) sequence & SIZE - 1;
  }

  private static int round(long sequence) {
    return (int) (sequence >> SHIFT) << 17 | KNOWN;
  }
}
