package org.kakehashi.media.rtp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;

/**
 * Evens out the arrival of one Opus source for somebody who decodes it: packets go in as they come,
 * and come out in order, when they are due. Whoever decodes calls {@link #next} while they hold
 * less sound than their next tick needs; packets may last 2.5 to 120 ms.
 *
 * <pre>
 *             first packet, or sound after a pause; waits until due
 *   BUFFERING ──────────────────────────────────────────────────────▶ PLAYING ─▶ Packet, Lost
 *       ▲  Empty                                                         │
 *       └──────────── nothing left for {@value #MAX_CONCEALED} calls, or a pause (DTX) ────────┘
 * </pre>
 *
 * <p>A packet is due {@link JitterDepth#target()} after the time at which the luckiest packets of
 * the last seconds would have come. Where the depth is not what it ought to be, a quiet packet is
 * left out or a concealed one is put in. Bounded to {@value #SLOTS} packets. Not thread-safe: the
 * caller hands packets over to the decoding thread.
 */
public final class JitterBuffer implements AutoCloseable {
  static final int SLOTS = 64;
  static final int MAX_CONCEALED = 3;

  private static final int MS = MediaClock.RATE / 1000;
  private static final int TICK = 20 * MS;

  /** More packets lost in a row than this are not concealed one by one, but skipped. */
  private static final int MAX_LOST_IN_ROW = 5;

  /** Quieter than this, in dBov, nobody hears 20 ms more or less. */
  private static final int QUIET = -50;

  private static final int PATIENT_PLAYS = 50;
  private static final int IMPATIENT_PLAYS = 250;

  /** What there is to decode. */
  public sealed interface Next {
    /**
     * A packet to decode.
     *
     * @param packet the caller releases it
     * @param samples how long it lasts, at 48 kHz
     */
    record Packet(MediaPacket packet, int samples) implements Next {}

    /**
     * Sound that is missing: conceal it (RFC 6716 §4.4).
     *
     * @param samples how much to conceal, at 48 kHz
     * @param following the packet right after the lost one, whose in-band FEC may restore it (RFC
     *     6716 §2.1.7); borrowed until the next call of the buffer, which will give it out itself
     */
    record Lost(int samples, Optional<MediaPacket> following) implements Next {}

    /** Nothing to be heard now: the source pauses, or is still being buffered. */
    record Empty() implements Next {}
  }

  private static final Next EMPTY = new Next.Empty();

  private final @Nullable MediaPacket[] slots = new @Nullable MediaPacket[SLOTS];
  private final JitterDepth depth = new JitterDepth();
  private int stored;
  private boolean started;
  private boolean playing;
  private long nextSequence;
  private long nextMediaTime;
  private int lastSamples = TICK;
  private int concealed;
  private int tooDeep;
  private int tooShallow;
  private long late;
  private long lost;

  /**
   * Puts a packet in; takes a reference of its own if it keeps it.
   *
   * @param now session ticks
   * @return whether it was kept: not if it came too late, twice, or is no Opus packet
   */
  public boolean put(MediaPacket packet, long now) {
    long sequence = packet.sequence();
    if (OpusToc.samples(packet.payload()) <= 0) {
      return false;
    }
    depth.observe(packet.mediaTime(), now);
    if (started && sequence < nextSequence && nextSequence - sequence < SLOTS) {
      late++;
      return false;
    }
    if (!started || sequence < nextSequence || sequence - nextSequence >= SLOTS) {
      clear(); // The first packet, or a source that went on elsewhere.
      started = true;
      playing = false;
      nextSequence = sequence;
    }
    int slot = slot(sequence);
    if (slots[slot] != null) {
      return false;
    }
    slots[slot] = packet.retain();
    stored++;
    return true;
  }

  /**
   * What to decode next.
   *
   * @param now session ticks at which the decoded sound is wanted
   */
  public Next next(long now) {
    if (stored == 0) {
      return underrun();
    }
    if (!playing) {
      return start(now);
    }
    MediaPacket packet = slots[slot(nextSequence)];
    if (packet == null) {
      return gap(now);
    }
    if (packet.mediaTime() - nextMediaTime > TICK / 2 && !depth.isDue(packet.mediaTime(), now)) {
      playing = false; // The source paused.
      return EMPTY;
    }
    return play(packet, now);
  }

  private Next start(long now) {
    long first = firstStored();
    MediaPacket packet = slots[slot(first)];
    if (packet == null || !depth.isDue(packet.mediaTime(), now)) {
      return EMPTY;
    }
    pass(first - nextSequence);
    playing = true;
    concealed = 0;
    return play(packet, now);
  }

  private Next underrun() {
    if (!playing) {
      return EMPTY;
    }
    if (concealed < MAX_CONCEALED) {
      // Late or lost? If late, it is played after this, and the depth has grown by itself.
      concealed++;
      return new Next.Lost(lastSamples, Optional.empty());
    }
    playing = false;
    return EMPTY;
  }

  private Next gap(long now) {
    long first = firstStored();
    // What was concealed while the buffer was empty stood for the first of the missing packets.
    pass(Math.min(first - nextSequence, concealed));
    concealed = 0;
    if (first - nextSequence > MAX_LOST_IN_ROW) {
      pass(first - nextSequence);
    }
    if (nextSequence == first) {
      return next(now);
    }
    pass(1);
    return new Next.Lost(lastSamples, Optional.ofNullable(slots[slot(nextSequence)]));
  }

  private void pass(long packets) {
    nextSequence += packets;
    nextMediaTime += packets * lastSamples;
    lost += packets;
  }

  private Next play(MediaPacket due, long now) {
    concealed = 0;
    MediaPacket packet = due;
    long error = depth.error(packet.mediaTime(), now);
    tooDeep = error > TICK ? tooDeep + 1 : 0;
    tooShallow = error < -TICK ? tooShallow + 1 : 0;
    boolean quiet = packet.level() != MediaPacket.NO_LEVEL && packet.level() <= QUIET;
    int patience = quiet ? PATIENT_PLAYS : IMPATIENT_PLAYS;
    if (tooShallow > patience) {
      tooShallow = 0;
      return new Next.Lost(TICK, Optional.empty());
    }
    if (tooDeep > patience || depth.isExcessive(error)) {
      tooDeep = 0;
      packet = leaveOut(packet, now);
    }
    take(packet);
    lastSamples = OpusToc.samples(packet.payload());
    nextMediaTime = packet.mediaTime() + lastSamples;
    return new Next.Packet(packet, lastSamples);
  }

  /** Drops packets for the sake of depth while others follow: one, or all that are far too old. */
  private MediaPacket leaveOut(MediaPacket first, long now) {
    MediaPacket packet = first;
    do {
      MediaPacket following = slots[slot(packet.sequence() + 1)];
      if (following == null) {
        return packet;
      }
      take(packet);
      packet.release();
      packet = following;
    } while (depth.isExcessive(depth.error(packet.mediaTime(), now)));
    return packet;
  }

  private void take(MediaPacket packet) {
    slots[slot(packet.sequence())] = null;
    stored--;
    nextSequence = packet.sequence() + 1;
  }

  /** How many packets came too late to be played. */
  public long late() {
    return late;
  }

  /** How many packets were missing when their time came. */
  public long lost() {
    return lost;
  }

  /** How long packets are held at present, in ticks of 1/48000 s. */
  public long depth() {
    return depth.target();
  }

  /** How many packets are held. */
  public int size() {
    return stored;
  }

  /** Releases all packets; the next one starts anew. */
  @Override
  public void close() {
    clear();
    started = false;
    playing = false;
  }

  private void clear() {
    for (int i = 0; i < SLOTS; i++) {
      MediaPacket packet = slots[i];
      if (packet != null) {
        slots[i] = null;
        packet.release();
      }
    }
    stored = 0;
    concealed = 0;
  }

  private long firstStored() {
    long sequence = nextSequence;
    while (slots[slot(sequence)] == null) {
      sequence++; // Ends: called only while something is stored.
    }
    return sequence;
  }

  private static int slot(long sequence) {
    return (int) sequence & SLOTS - 1;
  }
}
