package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.kakehashi.media.channel.MediaPacket;

/**
 * The packets of one source that wait to be decoded, in order, and how long they should wait.
 * Bounded: 128 packets, copied in, so that no buffer of the network is held.
 *
 * <p>Threads: {@link #add} on the source's, everything else on the ticker's.
 */
final class PacketBuffer {
  private static final int SLOTS = 128;
  private static final int MASK = SLOTS - 1;

  /** A sender's counter this far back has started anew, rather than a packet being this late. */
  private static final long RESTART = 3_000;

  /** Media time this far off the clock is no jitter: the source stands on another clock. */
  private static final long UNRELATED = 48_000;

  /** Longest a source is held back (or let ahead) against the others, in ticks: 200 ms. */
  private static final long MAX_DELAY = 9_600;

  /** How early packets may be before they are played early: 20 ms. */
  private static final long EARLY = 960;

  /** One packet, copied out. */
  static final class Packet {
    final byte[] payload = new byte[OpusDecoder.MAX_PACKET];
    int length;
    long sequence;
    long time;
  }

  private final long jitter;
  private final Packet[] slots = new Packet[SLOTS];
  private final boolean[] filled = new boolean[SLOTS];
  private final Lateness lateness = new Lateness();
  private boolean started;
  private long next;
  private long offset;
  private int waiting;
  private long late;
  private long refused;

  /**
   * @param jitter the jitter that is waited for anyway, in ticks
   */
  PacketBuffer(long jitter) {
    this.jitter = jitter;
    Arrays.setAll(slots, i -> new Packet());
  }

  /** Copies a packet in. Duplicates and packets that come after their turn are counted. */
  synchronized void add(MediaPacket packet, long now) {
    ByteBuf payload = packet.payload();
    int length = payload.readableBytes();
    if (length == 0 || length > OpusDecoder.MAX_PACKET) {
      refused++;
      return;
    }
    long sequence = packet.sequence();
    long time = align(packet.mediaTime(), now);
    if (!started || sequence - next >= SLOTS || next - sequence > RESTART) {
      clear();
      started = true;
      next = sequence;
    }
    Packet slot = slots[(int) sequence & MASK];
    if (sequence - next < 0 || filled[(int) sequence & MASK]) {
      lateness.add(now - time, now);
      late++;
      return;
    }
    lateness.add(now - time, now);
    payload.getBytes(payload.readerIndex(), slot.payload, 0, length);
    slot.length = length;
    slot.sequence = sequence;
    slot.time = time;
    filled[(int) sequence & MASK] = true;
    waiting++;
  }

  /** Media time on the session's clock, also of a source that stands on a clock of its own. */
  private long align(long mediaTime, long now) {
    if (!started || unrelated(now - (mediaTime + offset))) {
      offset = unrelated(now - mediaTime) ? now - mediaTime : 0;
      lateness.reset();
      clear();
      started = false;
    }
    return mediaTime + offset;
  }

  private static boolean unrelated(long difference) {
    return difference > UNRELATED || difference < -UNRELATED;
  }

  private void clear() {
    Arrays.fill(filled, false);
    waiting = 0;
  }

  /** Copies the first waiting packet to {@code into} and leaves it; false if there is none. */
  synchronized boolean peek(Packet into) {
    if (waiting == 0) {
      return false;
    }
    for (long s = next; s - next < SLOTS; s++) {
      if (filled[(int) s & MASK]) {
        Packet first = slots[(int) s & MASK];
        System.arraycopy(first.payload, 0, into.payload, 0, first.length);
        into.length = first.length;
        into.sequence = first.sequence;
        into.time = first.time;
        return true;
      }
    }
    return false;
  }

  /** Leaves {@code sequence}, and all before it, behind. */
  synchronized void advance(long sequence) {
    if (sequence - next >= SLOTS || sequence - next < 0) {
      return; // The source has started anew since.
    }
    for (; next - sequence <= 0; next++) {
      if (filled[(int) next & MASK]) {
        filled[(int) next & MASK] = false;
        waiting--;
      }
    }
  }

  /**
   * How much later than its media time this source should be heard for its packets to be there, in
   * ticks, beyond the jitter that is waited for anyway; negative if they come early.
   */
  synchronized long delay() {
    long greatest = lateness.greatest(0);
    long delay = greatest > jitter ? greatest - jitter : Math.min(0, greatest + EARLY);
    return Math.clamp(delay, -MAX_DELAY, MAX_DELAY);
  }

  /** How many packets wait. */
  synchronized int waiting() {
    return waiting;
  }

  /** How many packets came after their turn, or twice. */
  synchronized long late() {
    return late;
  }

  /** How many packets were empty or too long. */
  synchronized long refused() {
    return refused;
  }
}
