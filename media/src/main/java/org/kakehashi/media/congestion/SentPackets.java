package org.kakehashi.media.congestion;

import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;
import org.kakehashi.media.rtp.Unwrapper;

/**
 * Numbers what a peer is sent across all its tracks, and remembers when each packet left until the
 * peer says when it arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01). Bounded to the
 * last {@value #SIZE} packets; nothing is allocated for one. Thread: the peer's media loop.
 */
public final class SentPackets {
  static final int SIZE = 4096;

  private static final long REFERENCE_MICROS = 64_000;
  private static final long DELTA_MICROS = 250;

  /** What became of each packet, told once a packet, in the order of their numbers. */
  public interface Fates {
    /**
     * A packet arrived.
     *
     * @param sentMicros when it left, by our clock
     * @param arrivedMicros when it arrived, by the peer's clock, which counts from anywhere
     * @param bytes its length
     */
    void arrived(long sentMicros, long arrivedMicros, int bytes);

    /** A packet has not arrived yet, though later ones have. */
    void missing();
  }

  private final long[] sentMicros = new long[SIZE];
  private final int[] bytes = new int[SIZE];
  private final boolean[] told = new boolean[SIZE];
  private long next;
  private long reference;
  private boolean referenced;

  /** The number of the packet being written, 0 to 65535; it is used up by {@link #sent}. */
  public int next() {
    return (int) next & 0xFFFF;
  }

  /**
   * The packet numbered {@link #next} has left.
   *
   * @param length in bytes, as it goes on the wire
   */
  public void sent(int length, long nowNanos) {
    int slot = slot(next++);
    sentMicros[slot] = nowNanos / 1_000;
    bytes[slot] = length;
    told[slot] = false;
  }

  /** How many packets were sent. */
  public long count() {
    return next;
  }

  /** Takes the peer's word; what it says of packets never sent, or long ago, is ignored. */
  public void feedback(TransportFeedback feedback, Fates fates) {
    long sequence = Unwrapper.nearestSequence(next, feedback.baseSequence());
    long arrived = reference(feedback.referenceTime()) * REFERENCE_MICROS;
    for (int delta : feedback.deltas()) {
      boolean received = delta != TransportFeedback.NOT_RECEIVED;
      if (received) {
        arrived += delta * DELTA_MICROS;
      }
      tell(sequence++, received, arrived, fates);
    }
  }

  private void tell(long sequence, boolean received, long arrivedMicros, Fates fates) {
    if (sequence < 0 || sequence >= next || sequence < next - SIZE) {
      return;
    }
    int slot = slot(sequence);
    if (told[slot]) {
      return; // Reports overlap, and what was missing may arrive after all: the first word counts.
    }
    told[slot] = true;
    if (received) {
      fates.arrived(sentMicros[slot], arrivedMicros, bytes[slot]);
    } else {
      fates.missing();
    }
  }

  /** Counts the 24 bits of the reference time on where they wrap around. */
  private long reference(int value) {
    reference = referenced ? reference + ((value - reference) << 40 >> 40) : value;
    referenced = true;
    return reference;
  }

  private static int slot(long sequence) {
    return (int) sequence & SIZE - 1;
  }
}
