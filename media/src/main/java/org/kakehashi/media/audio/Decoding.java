package org.kakehashi.media.audio;

import java.util.Arrays;

/**
 * Turns the packets of one source into an unbroken run of samples that knows its media time. What
 * was lost is recovered from the next packet (in-band FEC) or concealed; a packet that is merely
 * late is still played, later; a source that pauses ends the run softly. Packets that follow one
 * another are played one after another, whatever their media times tremble.
 *
 * <pre>
 *   ┌───────────────┬──────── available ────────┐
 *   │ taken         │ decoded, not yet taken    │ what the next packet continues
 *   └───────────────┴───────────────────────────┘
 *                   start = head (media time)    tail
 * </pre>
 *
 * <p>Thread: the ticker's.
 */
final class Decoding implements AutoCloseable {
  /** 20 ms: how much is concealed at a time, at most. */
  private static final int CHUNK = 960;

  /** 10 ms: the least that SILK conceals well. */
  private static final int HALF = 480;

  /** After 100 ms without a packet the source is taken to have paused. */
  private static final int PAUSE_AFTER = 5 * CHUNK;

  /** Media time that is off by less than this (10 ms) is the mapping's trembling, not a gap. */
  private static final int TREMBLE = 480;

  /** Sound that begins or ends abruptly does so over 5 ms. */
  private static final int EDGE = 240;

  private final PacketBuffer packets;
  private final PacketBuffer.Packet packet = new PacketBuffer.Packet();
  private final OpusDecoder decoder = new OpusDecoder(1);
  private final float[] decoded = new float[OpusDecoder.MAX_SAMPLES];
  private final float[] sound = new float[OpusDecoder.MAX_SAMPLES + 4 * CHUNK];
  private boolean playing;
  private boolean silent = true;
  private int start;
  private int end;
  private long head;
  private long expected;
  private long snapped;
  private int duration = CHUNK;
  private int invented;
  private int spare;
  private long leftOut;
  private long late;
  private long concealed;
  private long recovered;
  private long garbage;
  private long jumps;

  Decoding(PacketBuffer packets) {
    this.packets = packets;
  }

  /** Whether a run is under way. */
  boolean isPlaying() {
    return playing;
  }

  /** The media time of the first available sample. */
  long head() {
    return head;
  }

  /** Where the available samples are. */
  float[] sound() {
    return sound;
  }

  /** The index of the first available sample in {@link #sound}. */
  int start() {
    return start;
  }

  /** How many samples are available. */
  int available() {
    return end - start;
  }

  /** How many samples are there in all, decoded or waiting to be, as far as times tell. */
  long ahead() {
    long newest = packets.newest();
    return newest == Long.MIN_VALUE ? available() : Math.max(available(), newest + duration - head);
  }

  /** Takes the first {@code samples} away. */
  void take(int samples) {
    start += samples;
    head += samples;
  }

  /**
   * Begins a run if the first waiting packet is due within {@code samples} of {@code wanted}.
   *
   * @return false if nothing is due
   */
  boolean start(long wanted, int samples) {
    if (!packets.peek(packet) || packet.time - wanted >= samples) {
      return false;
    }
    playing = true;
    silent = true;
    invented = 0;
    expected = packet.sequence;
    snapped = packet.sequence;
    if (wanted - packet.time > TREMBLE) {
      late++;
    }
    start = 0;
    end = 0;
    head = packet.time;
    if (packet.time > wanted) {
      appendSilence((int) (packet.time - wanted));
      head = wanted;
    }
    return true;
  }

  /** Ends the run at once, without a sound: nobody listens. */
  void rest() {
    if (playing) {
      playing = false;
      decoder.reset();
    }
  }

  /** Leaves out what is too late to be heard, up to {@code wanted}. */
  void skipTo(long wanted) {
    jumps++;
    while (packets.peek(packet) && wanted - packet.time > CHUNK) {
      packets.advance(packet.sequence);
    }
    start = 0;
    end = 0;
    silent = true;
    head = wanted;
    if (packets.peek(packet)) {
      expected = packet.sequence;
      head = Math.min(wanted, packet.time);
    }
  }

  /** Fills {@code out} without going on in the packets: they are not due yet. */
  void pause(int samples, float[] out) {
    invent(samples);
    System.arraycopy(decoded, 0, out, 0, samples);
  }

  /**
   * Makes at least {@code samples} available.
   *
   * @param leave how much of a gap in the source may be left out
   * @return false if something had to be invented because no packet was there
   */
  boolean fill(int samples, int leave) {
    spare = leave;
    compact();
    boolean there = true;
    while (available() < samples) {
      if (packets.peek(packet)) {
        continueWith(packet, samples - available());
        continue;
      }
      there = false;
      int needed = Math.min(CHUNK, (samples - available() + HALF - 1) / HALF * HALF);
      if (!conceal(needed)) {
        playing = false;
        appendSilence(samples - available());
      }
    }
    return there;
  }

  /**
   * Makes at least {@code samples} available if the packets for it are there, one after another.
   *
   * @return whether they are
   */
  boolean reach(int samples) {
    compact();
    while (available() < samples) {
      if (!packets.peek(packet) || packet.sequence != expected || packet.time - tail() > TREMBLE) {
        return false;
      }
      append(packet);
    }
    return true;
  }

  /** Goes on with the next packet: decodes it, or fills a part of the gap before it. */
  private void continueWith(PacketBuffer.Packet next, int needed) {
    boolean lost = next.sequence > expected;
    if (lost) {
      snap(next);
    }
    long gap = next.time - tail();
    if (gap > TREMBLE && !lost && spare > 0) {
      long leave = Math.min(gap, spare);
      spare -= (int) leave;
      leftOut += leave;
      head += leave;
      gap -= leave;
    }
    if (gap > TREMBLE || (lost && gap >= OpusDecoder.STEP)) {
      bridge(next, gap, lost, needed);
    } else {
      append(next);
    }
  }

  /** The media time of the sound after the last available sample. */
  private long tail() {
    return head + available();
  }

  /** Where only packets were lost, exactly their duration is filled in, whatever trembles. */
  private void snap(PacketBuffer.Packet next) {
    if (snapped != next.sequence) {
      snapped = next.sequence;
      long off = next.time - tail() - (next.sequence - expected) * duration;
      if (Math.abs(off) <= TREMBLE) {
        head += off;
      }
    }
  }

  /**
   * Decodes a packet that is contiguous, or late after something was invented in its place: it is
   * played all the same, and the media time of what waits follows it.
   */
  private void append(PacketBuffer.Packet next) {
    long gap = next.time - tail();
    if (invented > 0 && gap <= -OpusDecoder.STEP) {
      late++;
    }
    head += gap;
    int samples = decoder.decode(next.payload, next.length, decoded);
    packets.advance(next.sequence);
    expected = next.sequence + 1;
    if (samples == 0) {
      garbage++;
      return;
    }
    invented = 0;
    duration = samples;
    append(decoded, samples);
  }

  private void bridge(PacketBuffer.Packet next, long gap, boolean lost, int needed) {
    int covered = lost ? decoder.duration(next.payload, next.length) : 0;
    int step = OpusDecoder.STEP;
    if (covered > 0 && gap <= covered + TREMBLE) {
      int samples = (int) Math.min(OpusDecoder.MAX_SAMPLES, (gap + step / 2) / step * step);
      int got = decoder.recover(next.payload, next.length, samples, decoded);
      packets.advance(next.sequence - 1);
      expected = next.sequence;
      if (got > 0) {
        recovered++;
        append(decoded, got);
        return;
      }
    }
    long fecLeft = Math.max(step, gap - covered);
    if (!conceal((int) (Math.min(CHUNK, fecLeft) / step * step))) {
      appendSilence((int) Math.min(gap, needed)); // A long pause: quiet until the next packet.
    }
  }

  /** Appends invented sound; false once too much was invented in a row. */
  private boolean conceal(int samples) {
    if (invented >= PAUSE_AFTER) {
      return false;
    }
    invent(samples);
    concealed++;
    append(decoded, samples);
    return true;
  }

  /** Invents sound into {@link #decoded}, softly ending when it has been doing so for long. */
  private void invent(int samples) {
    int got = decoder.conceal(samples, decoded);
    Arrays.fill(decoded, got, samples, 0);
    boolean over = invented >= PAUSE_AFTER;
    invented = Math.min(PAUSE_AFTER, invented + samples);
    if (over) {
      Arrays.fill(decoded, 0, samples, 0);
    } else if (invented >= PAUSE_AFTER) {
      for (int i = 0; i < samples; i++) {
        decoded[i] *= (float) (samples - i) / samples;
      }
    }
  }

  private void append(float[] from, int samples) {
    System.arraycopy(from, 0, sound, end, samples);
    if (silent) {
      int edge = Math.min(EDGE, samples);
      for (int i = 0; i < edge; i++) {
        sound[end + i] *= (float) i / edge;
      }
      silent = false;
    }
    end += samples;
  }

  private void appendSilence(int samples) {
    Arrays.fill(sound, end, end + samples, 0);
    end += samples;
    silent = true;
  }

  private void compact() {
    if (start > 0) {
      System.arraycopy(sound, start, sound, 0, available());
      end -= start;
      start = 0;
    }
  }

  /** How many samples of gaps in the source were left out. */
  long leftOut() {
    return leftOut;
  }

  /** How many times something was invented in the place of a packet that came after all. */
  long late() {
    return late;
  }

  /** How many stretches of up to 20 ms were invented. */
  long concealed() {
    return concealed;
  }

  /** How many losses were recovered from in-band FEC. */
  long recovered() {
    return recovered;
  }

  /** How many packets were no Opus. */
  long garbage() {
    return garbage;
  }

  /** How many times sound was left out to catch up. */
  long jumps() {
    return jumps;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
