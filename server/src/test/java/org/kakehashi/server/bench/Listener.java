package org.kakehashi.server.bench;

import io.netty.buffer.ByteBuf;

/**
 * Hears stamped packets: how long each took, and which are missing. Hears on its client's event
 * loop; may be read from any thread.
 */
final class Listener {
  private final Delays delays = new Delays();
  private int first = -1;
  private int last = -1;
  private long heard;
  private long missing;
  private long repeated;
  private int lastSequence = -1;
  private long sequenceGaps;

  /** Takes an RTP packet, which stays the caller's. */
  synchronized void hear(ByteBuf packet) {
    long now = System.nanoTime();
    int sequence = packet.getUnsignedShort(2);
    if (lastSequence >= 0 && sequence != (lastSequence + 1 & 0xFFFF)) {
      sequenceGaps++;
    }
    lastSequence = sequence;
    if (!Stamp.isIn(packet)) {
      return;
    }
    Stamp stamp = Stamp.read(packet);
    if (first < 0) {
      first = stamp.number();
    } else if (stamp.number() <= last) {
      repeated++;
      return;
    } else {
      missing += stamp.number() - last - 1;
    }
    last = stamp.number();
    heard++;
    delays.add(now - stamp.sentNanos());
  }

  /** Forgets what was heard so far; numbers count from the next packet. */
  synchronized void restart() {
    delays.clear();
    first = -1;
    heard = 0;
    missing = 0;
    repeated = 0;
    sequenceGaps = 0;
  }

  synchronized Delays delays() {
    return delays;
  }

  synchronized long heard() {
    return heard;
  }

  /** The number of the last packet heard; -1 if there was none. */
  synchronized int last() {
    return last;
  }

  /** Numbers left out between the first and the last packet heard. */
  synchronized long missing() {
    return missing;
  }

  /** Packets heard again, or after a later one. */
  synchronized long repeated() {
    return repeated;
  }

  /** RTP sequence numbers that did not follow the one before. */
  synchronized long sequenceGaps() {
    return sequenceGaps;
  }
}
