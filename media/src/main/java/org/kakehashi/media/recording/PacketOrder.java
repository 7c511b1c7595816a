package org.kakehashi.media.recording;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * Puts the packets of whoever sends now in order. A missing one is waited for until the one after
 * it is due. Another source's first packet ends the waiting for the one before.
 *
 * <p>Thread: the recorder's.
 */
final class PacketOrder {
  /** A sender's counter this far back has started anew, rather than a packet being this late. */
  private static final long RESTART = 3_000;

  private final int capacity;
  private final TreeMap<Long, MediaPacket> waiting = new TreeMap<>();
  private final Out out;
  private @Nullable Source source;
  private boolean started;
  private long next;
  private long late;

  /** Where packets go. */
  @FunctionalInterface
  interface Out {
    /**
     * Takes a packet, valid during the call.
     *
     * @param afterLoss whether packets before it are missing for good
     * @param first whether it is this source's first, or the first after it started anew
     */
    void accept(Source from, MediaPacket packet, boolean afterLoss, boolean first);
  }

  /**
   * @param capacity how many packets may wait
   */
  PacketOrder(int capacity, Out out) {
    this.capacity = capacity;
    this.out = out;
  }

  /** Takes a packet, and a reference of its own if it has to wait. */
  void add(Source from, MediaPacket packet) {
    long sequence = packet.sequence();
    if (from != source || next - sequence > RESTART) {
      flush();
      source = from;
      started = false;
    }
    if (started && sequence < next || waiting.containsKey(sequence)) {
      late++;
      return;
    }
    if (!started || sequence == next && waiting.isEmpty()) {
      deliver(from, sequence, packet);
      return;
    }
    waiting.put(sequence, packet.retain());
    if (waiting.size() > capacity) {
      releaseFirst();
    }
    release(Long.MIN_VALUE);
  }

  /**
   * Lets go of what is due.
   *
   * @param due media time up to which nothing is waited for any longer
   */
  void release(long due) {
    while (!waiting.isEmpty()) {
      Map.Entry<Long, MediaPacket> first = waiting.firstEntry();
      if (first.getKey() != next && first.getValue().mediaTime() > due) {
        return;
      }
      releaseFirst();
    }
  }

  /** Lets go of everything. */
  void flush() {
    while (!waiting.isEmpty()) {
      releaseFirst();
    }
  }

  /** Lets go of everything unseen. */
  void discard() {
    waiting.values().forEach(MediaPacket::release);
    waiting.clear();
  }

  /** How many packets came after their turn, or twice. */
  long late() {
    return late;
  }

  private void releaseFirst() {
    Map.Entry<Long, MediaPacket> first = waiting.pollFirstEntry();
    Source from = source;
    MediaPacket packet = first.getValue();
    try {
      if (from != null) {
        deliver(from, first.getKey(), packet);
      }
    } finally {
      packet.release();
    }
  }

  private void deliver(Source from, long sequence, MediaPacket packet) {
    boolean isFirst = !started;
    boolean afterLoss = started && sequence != next;
    started = true;
    next = sequence + 1;
    out.accept(from, packet, afterLoss, isFirst);
  }
}
