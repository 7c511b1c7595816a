package org.kakehashi.media.rtp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * The last packets of one source, from which the requests of all its listeners for lost packets are
 * answered (RFC 4585 §6.2.1). Attach it to its source as a sink, and close it after the source.
 *
 * <p>Bounded by count, bytes and age. It holds a reference to each packet until the packet falls
 * out. Threads: filled on the source's thread, read on any listener's; a lock, held for a few
 * instructions, keeps a packet from being released while it is taken out.
 */
public final class PacketCache implements Sink, AutoCloseable {
  private final @Nullable MediaPacket[] slots;
  private final int maxBytes;
  private final long maxAge;
  private long oldest;
  private long newest = -1;
  private long bytes;
  private boolean closed;

  /**
   * @param capacity the most packets held, a power of two
   * @param maxBytes the most payload bytes held
   * @param maxAge the oldest packet held, in ticks of the session's clock before the newest
   */
  public PacketCache(int capacity, int maxBytes, long maxAge) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("not a power of two: " + capacity);
    }
    this.slots = new @Nullable MediaPacket[capacity];
    this.maxBytes = maxBytes;
    this.maxAge = maxAge;
  }

  /** Never: what nobody was sent, nobody asks for again. */
  @Override
  public boolean isListening() {
    return false;
  }

  @Override
  public synchronized void accept(Source from, MediaPacket packet) {
    long sequence = packet.sequence();
    if (closed || sequence < 0) {
      return;
    }
    if (newest < 0 || sequence - newest >= slots.length || newest - sequence >= slots.length) {
      clear(); // The first, or a count that started anew.
      oldest = sequence;
      newest = sequence;
    }
    if (sequence > newest) {
      newest = sequence;
      dropBefore(newest - slots.length + 1);
    } else if (sequence < oldest) {
      return; // What was as old as this has been let go already.
    }
    if (slots[slot(sequence)] == null) {
      slots[slot(sequence)] = packet.retain();
      bytes += packet.payload().readableBytes();
    }
    while (oldest < newest && (bytes > maxBytes || isStale(oldest, packet.mediaTime()))) {
      dropBefore(oldest + 1);
    }
  }

  /**
   * Takes a packet out to send it again.
   *
   * @param sequence the source's own sequence number
   * @return the packet with a reference for the caller to release, if it is still here
   */
  public synchronized Optional<MediaPacket> take(long sequence) {
    if (sequence < oldest || sequence > newest) {
      return Optional.empty();
    }
    MediaPacket packet = slots[slot(sequence)];
    return packet == null ? Optional.empty() : Optional.of(packet.retain());
  }

  /** How many bytes of payload are held. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Lets go of everything, and of whatever still comes. */
  @Override
  public synchronized void close() {
    closed = true;
    clear();
  }

  private boolean isStale(long sequence, long mediaTime) {
    MediaPacket packet = slots[slot(sequence)];
    return packet == null || mediaTime - packet.mediaTime() > maxAge;
  }

  private void clear() {
    if (newest >= 0) {
      dropBefore(newest + 1);
    }
    newest = -1;
  }

  private void dropBefore(long sequence) {
    for (; oldest < sequence; oldest++) {
      MediaPacket packet = slots[slot(oldest)];
      if (packet != null) {
        slots[slot(oldest)] = null;
        bytes -= packet.payload().readableBytes();
        packet.release();
      }
    }
  }

  private int slot(long sequence) {
    return (int) sequence & slots.length - 1;
  }
}
