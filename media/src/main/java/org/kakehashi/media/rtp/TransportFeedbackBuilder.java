package org.kakehashi.media.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;

/**
 * Notes when each packet of one transport arrived, and reports it to the sender for its congestion
 * control: draft-holmer-rmcat-transport-wide-cc-extensions-01. Call {@link #build} every 50 to 100
 * ms, again while it yields a report. Bounded to a window of {@value #WINDOW} packets. Thread: the
 * peer's media loop.
 */
public final class TransportFeedbackBuilder {
  static final int WINDOW = 2048;

  /** Keeps a report in one datagram, even if every delta takes two bytes. */
  static final int MAX_REPORTED = 400;

  private static final long NEVER = Long.MIN_VALUE;
  private static final long DELTA_NANOS = 250_000;
  private static final int DELTAS_PER_REFERENCE = 256; // 64 ms.

  private final int senderSsrc;
  private final int mediaSsrc;
  private final long[] arrivals = new long[WINDOW];
  private long next = -1;
  private long highest = -1;
  private int count;
  private long originNanos;

  /**
   * @param senderSsrc ours
   * @param mediaSsrc any of the sender's
   */
  public TransportFeedbackBuilder(int senderSsrc, int mediaSsrc) {
    this.senderSsrc = senderSsrc;
    this.mediaSsrc = mediaSsrc;
  }

  /**
   * Notes an arrival.
   *
   * @param sequence transport-wide sequence number, 0 to 65535
   */
  public void received(int sequence, long arrivalNanos) {
    if (highest < 0) {
      originNanos = arrivalNanos;
      restart(1L << 16 | sequence);
    }
    long unwrapped = Unwrapper.nearestSequence(highest, sequence);
    if (unwrapped - highest >= WINDOW || highest - unwrapped >= WINDOW) {
      // Across so large a gap a list of losses says nothing the sender does not know.
      restart((highest & ~0xFFFFL) + (1L << 16) | sequence);
      unwrapped = highest;
    }
    for (long passed = highest + 1; passed <= unwrapped; passed++) {
      arrivals[slot(passed)] = NEVER;
    }
    highest = Math.max(highest, unwrapped);
    next = Math.max(next, highest - WINDOW + 1);
    if (unwrapped < next) {
      return; // Reported as lost already; the sender takes the first word.
    }
    if (arrivals[slot(unwrapped)] == NEVER) {
      arrivals[slot(unwrapped)] = arrivalNanos;
    }
  }

  /**
   * Reports on the packets since the last report.
   *
   * @return empty when there is nothing new
   */
  public Optional<TransportFeedback> build() {
    if (highest < 0 || next > highest) {
      return Optional.empty();
    }
    long first = next;
    while (first < highest && arrivals[slot(first)] == NEVER) {
      first++; // The gap before is known by where the report starts.
    }
    long base = next;
    if (first - base > MAX_REPORTED / 2) {
      base = first;
    }
    long reference = Math.floorDiv(units(first), DELTAS_PER_REFERENCE);
    long time = reference * DELTAS_PER_REFERENCE;
    List<Integer> deltas = new ArrayList<>();
    long at = base;
    for (; at <= highest && deltas.size() < MAX_REPORTED; at++) {
      if (arrivals[slot(at)] == NEVER) {
        deltas.add(TransportFeedback.NOT_RECEIVED);
        continue;
      }
      long delta = units(at) - time;
      if (delta > Short.MAX_VALUE || delta < Short.MIN_VALUE) {
        break; // Too far from the packet before: a report of its own, with a new reference.
      }
      deltas.add((int) delta);
      time += delta;
    }
    next = at;
    return Optional.of(
        new TransportFeedback(
            senderSsrc,
            mediaSsrc,
            (int) (base & 0xFFFF),
            (int) reference << 8 >> 8,
            count++ & 0xFF,
            deltas));
  }

  private void restart(long sequence) {
    highest = sequence;
    next = sequence;
    arrivals[slot(sequence)] = NEVER;
  }

  private long units(long sequence) {
    return Math.floorDiv(arrivals[slot(sequence)] - originNanos, DELTA_NANOS);
  }

  private static int slot(long sequence) {
    return (int) sequence & WINDOW - 1;
  }
}
