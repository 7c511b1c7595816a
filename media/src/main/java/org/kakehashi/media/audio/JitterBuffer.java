package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.kakehashi.media.channel.MediaPacket;

/**
 * The packets of one source that wait to be decoded, in order. Bounded: 128 packets, copied in, so
 * that no buffer of the network is held.
 *
 * <p>Threads: {@link #add} on the source's, everything else on the ticker's.
 */
final class JitterBuffer {
  private static final int SLOTS = 128;
  private static final int MASK = SLOTS - 1;

  /** A sender's counter this far back has started anew, rather than a packet being this late. */
  private static final long RESTART = 3_000;

  /** Media time this far off the clock is no jitter: the source stands on another clock. */
  private static final long UNRELATED = 48_000;

  /** One packet, copied out. */
  static final class Packet {
    final byte[] payload = new byte[OpusDecoder.MAX_PACKET];
    int length;
    long sequence;
    long time;
  }

  private final Packet[] slots = new Packet[SLOTS];
  private final boolean[] filled = new boolean[SLOTS];
  private boolean started;
  private long next;
  private long offset;
  private long newest;
  private long newestTime;
  private int waiting;
  private long late;
  private long refused;

  JitterBuffer() {
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
      newest = sequence - 1;
    }
    Packet slot = slots[(int) sequence & MASK];
    if (sequence - next < 0 || filled[(int) sequence & MASK]) {
      late++;
      return;
    }
    payload.getBytes(payload.readerIndex(), slot.payload, 0, length);
    slot.length = length;
    slot.sequence = sequence;
    slot.time = time;
    filled[(int) sequence & MASK] = true;
    waiting++;
    if (sequence - newest > 0) {
      newest = sequence;
      newestTime = time;
    }
  }

  /** Media time on the session's clock, also of a source that stands on a clock of its own. */
  private long align(long mediaTime, long now) {
    if (!started || unrelated(now - (mediaTime + offset))) {
      offset = unrelated(now - mediaTime) ? now - mediaTime : 0;
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

  /** Leaves all packets from before {@code time} behind. */
  synchronized void dropBefore(long time) {
    for (long s = next; waiting > 0 && s - next < SLOTS; s++) {
      if (filled[(int) s & MASK]) {
        if (slots[(int) s & MASK].time >= time) {
          return;
        }
        advance(s);
      }
    }
  }

  /** The media time of the newest packet that waits; {@code Long.MIN_VALUE}: none does. */
  synchronized long newest() {
    return waiting == 0 ? Long.MIN_VALUE : newestTime;
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
