package org.kakehashi.media.rtp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packets of one stream that are missing and still worth asking for (RFC 4585 §6.2.1). Bounded
 * in number, in tries and in time. Thread: the stream's media loop.
 */
final class NackList {
  /**
   * How patient a list is.
   *
   * @param capacity the most packets waited for; beyond it the list gives up on all
   * @param firstNanos from noticing a gap to the first request: it may be mere reordering
   * @param retryNanos between requests for the same packet
   * @param giveUpNanos after which a packet is of no more use
   */
  record Patience(int capacity, long firstNanos, long retryNanos, long giveUpNanos) {
    /** A lost packet of sound is of use until the listener's jitter buffer has played past it. */
    static final Patience SOUND = new Patience(50, 5_000_000L, 60_000_000L, 200_000_000L);

    /** A lost packet of picture stops the picture until it, or a key frame, comes. */
    static final Patience PICTURE = new Patience(500, 5_000_000L, 80_000_000L, 800_000_000L);
  }

  /** The most asked for at once: at worst four bytes each, well below a datagram. */
  static final int MAX_DUE = 128;

  private final Patience patience;
  private final TreeMap<Long, Missing> missing = new TreeMap<>();
  private boolean gaveUp;

  NackList(Patience patience) {
    this.patience = patience;
  }

  /** Notes that {@code from} to {@code to} (exclusive) were passed over. */
  void missed(long from, long to, long nowNanos) {
    if (to - from + missing.size() > patience.capacity) {
      clear();
      gaveUp = true;
      return;
    }
    for (long sequence = from; sequence < to; sequence++) {
      missing.put(sequence, new Missing(nowNanos, nowNanos + patience.firstNanos));
    }
  }

  void arrived(long sequence) {
    if (!missing.isEmpty()) {
      missing.remove(sequence);
    }
  }

  /** Forgets what precedes {@code sequence}: a decoder will start there. */
  void forgetBefore(long sequence) {
    if (!missing.isEmpty()) {
      missing.headMap(sequence).clear();
    }
  }

  void clear() {
    missing.clear();
  }

  /** The sequence numbers (16 bits) to ask for now. */
  List<Integer> due(long nowNanos) {
    if (missing.isEmpty()) {
      return List.of();
    }
    List<Integer> due = new ArrayList<>();
    Iterator<Map.Entry<Long, Missing>> entries = missing.entrySet().iterator();
    while (entries.hasNext() && due.size() < MAX_DUE) {
      Map.Entry<Long, Missing> entry = entries.next();
      Missing packet = entry.getValue();
      if (nowNanos - packet.sinceNanos >= patience.giveUpNanos) {
        entries.remove();
        gaveUp = true;
      } else if (nowNanos - packet.nextNanos >= 0) {
        packet.nextNanos = nowNanos + patience.retryNanos;
        due.add((int) (entry.getKey() & 0xFFFF));
      }
    }
    return due;
  }

  /** Whether a packet was given up since the last call. */
  boolean takeGaveUp() {
    boolean result = gaveUp;
    gaveUp = false;
    return result;
  }

  int size() {
    return missing.size();
  }

  private static final class Missing {
    private final long sinceNanos;
    private long nextNanos;

    Missing(long sinceNanos, long nextNanos) {
      this.sinceNanos = sinceNanos;
      this.nextNanos = nextNanos;
    }
  }
}
