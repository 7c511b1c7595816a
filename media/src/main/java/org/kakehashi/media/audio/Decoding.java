package org.kakehashi.media.audio;

/**
 * Turns the packets of one source into a {@link SampleRun}. What was lost is recovered from the
 * next packet (in-band FEC) or concealed; a packet that is merely late is still played, later; a
 * source that pauses ends the run softly. Packets that follow one another are played one after
 * another, whatever their media times tremble.
 *
 * <p>Thread: the ticker's.
 */
final class Decoding implements AutoCloseable {
  /** 20 ms: how much is concealed at a time, at most. */
  private static final int CHUNK = 960;

  /** 10 ms: the least that SILK conceals well. */
  private static final int HALF = 480;

  /** Media time that is off by less than this (10 ms) is the mapping's trembling, not a gap. */
  private static final int TREMBLE = 480;

  private final JitterBuffer packets;
  private final JitterBuffer.Packet packet = new JitterBuffer.Packet();
  private final OpusDecoder decoder = new OpusDecoder(1);
  private final float[] decoded = new float[OpusDecoder.MAX_SAMPLES];
  private final Concealment concealment = new Concealment(decoder);
  private final SampleRun run = new SampleRun(OpusDecoder.MAX_SAMPLES + 4 * CHUNK);
  private boolean playing;
  private long expected;
  private long snapped;
  private int duration = CHUNK;
  private int spare;
  private long leftOut;
  private long late;
  private long concealed;
  private long recovered;
  private long garbage;
  private long jumps;

  Decoding(JitterBuffer packets) {
    this.packets = packets;
  }

  /** Whether a run is under way. */
  boolean isPlaying() {
    return playing;
  }

  /** What is decoded and not yet taken. */
  SampleRun run() {
    return run;
  }

  /** How many samples are there in all, decoded or waiting to be, as far as times tell. */
  long ahead() {
    long newest = packets.newest();
    return newest == Long.MIN_VALUE
        ? run.available()
        : Math.max(run.available(), newest + duration - run.head());
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
    concealment.end();
    expected = packet.sequence;
    snapped = packet.sequence;
    if (wanted - packet.time > TREMBLE) {
      late++;
    }
    run.begin(Math.min(packet.time, wanted));
    if (packet.time > wanted) {
      run.appendSilence((int) (packet.time - wanted));
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
    long head = wanted;
    if (packets.peek(packet)) {
      expected = packet.sequence;
      head = Math.min(wanted, packet.time);
    }
    run.begin(head);
  }

  /** Fills {@code out} without going on in the packets: they are not due yet. */
  void pause(int samples, float[] out) {
    concealment.invent(samples, out);
  }

  /**
   * Makes at least {@code samples} available.
   *
   * @param leave how much of a gap in the source may be left out
   * @return false if something had to be invented because no packet was there
   */
  boolean fill(int samples, int leave) {
    spare = leave;
    run.compact();
    boolean there = true;
    while (run.available() < samples) {
      if (packets.peek(packet)) {
        continueWith(packet, samples - run.available());
        continue;
      }
      there = false;
      int needed = Math.min(CHUNK, (samples - run.available() + HALF - 1) / HALF * HALF);
      if (!conceal(needed)) {
        playing = false;
        run.appendSilence(samples - run.available());
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
    run.compact();
    while (run.available() < samples) {
      if (!packets.peek(packet)
          || packet.sequence != expected
          || packet.time - run.tail() > TREMBLE) {
        return false;
      }
      append(packet);
    }
    return true;
  }

  /** Goes on with the next packet: decodes it, or fills a part of the gap before it. */
  private void continueWith(JitterBuffer.Packet next, int needed) {
    boolean lost = next.sequence > expected;
    if (lost) {
      snap(next);
    }
    long gap = next.time - run.tail();
    if (gap > TREMBLE && !lost && spare > 0) {
      long leave = Math.min(gap, spare);
      spare -= (int) leave;
      leftOut += leave;
      run.shift(leave);
      gap -= leave;
    }
    if (gap > TREMBLE || (lost && gap >= OpusDecoder.STEP)) {
      bridge(next, gap, lost, needed);
    } else {
      append(next);
    }
  }

  /** Where only packets were lost, exactly their duration is filled in, whatever trembles. */
  private void snap(JitterBuffer.Packet next) {
    if (snapped != next.sequence) {
      snapped = next.sequence;
      long off = next.time - run.tail() - (next.sequence - expected) * duration;
      if (Math.abs(off) <= TREMBLE) {
        run.shift(off);
      }
    }
  }

  /**
   * Decodes a packet that is contiguous, or late after something was invented in its place: it is
   * played all the same, and the media time of what waits follows it.
   */
  private void append(JitterBuffer.Packet next) {
    long gap = next.time - run.tail();
    if (concealment.isUnderWay() && gap <= -OpusDecoder.STEP) {
      late++;
    }
    run.shift(gap);
    int samples = decoder.decode(next.payload, next.length, decoded);
    packets.advance(next.sequence);
    expected = next.sequence + 1;
    if (samples == 0) {
      garbage++;
      return;
    }
    concealment.end();
    duration = samples;
    run.append(decoded, samples);
  }

  private void bridge(JitterBuffer.Packet next, long gap, boolean lost, int needed) {
    int covered = lost ? decoder.duration(next.payload, next.length) : 0;
    int step = OpusDecoder.STEP;
    if (covered > 0 && gap <= covered + TREMBLE) {
      int samples = (int) Math.min(OpusDecoder.MAX_SAMPLES, (gap + step / 2) / step * step);
      int got = decoder.recover(next.payload, next.length, samples, decoded);
      packets.advance(next.sequence - 1);
      expected = next.sequence;
      if (got > 0) {
        recovered++;
        run.append(decoded, got);
        return;
      }
    }
    long fecLeft = Math.max(step, gap - covered);
    if (!conceal((int) (Math.min(CHUNK, fecLeft) / step * step))) {
      run.appendSilence((int) Math.min(gap, needed)); // A long pause: quiet until the next packet.
    }
  }

  /** Appends invented sound; false once too much was invented in a row. */
  private boolean conceal(int samples) {
    if (concealment.isOver()) {
      return false;
    }
    concealment.invent(samples, decoded);
    concealed++;
    run.append(decoded, samples);
    return true;
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
