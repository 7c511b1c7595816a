package org.kakehashi.media.audio;

/**
 * Plays a microphone at its sender's own pace: sample after sample as decoded. It becomes later by
 * what had to be invented because a packet was too late, and is brought back near its media time
 * when its {@link Reserve} has not been needed for a while: in a pause between two words if there
 * is one, else by single periods of the voice's pitch.
 *
 * <p>Thread: the ticker's.
 */
final class Pacing {
  private static final int FRAME = Microphone.FRAME;

  /** Most that is left out of a pause in one tick. */
  private static final int MOST = FRAME;

  /**
   * How long a pause is waited for, in ticks times samples: 250 ms where 200 ms are to be caught
   * up, five seconds where it is 10 ms.
   */
  private static final long PATIENCE = 120_000;

  /** Ticks between two corrections in speech. */
  private static final int REST = 3;

  /** How alike two periods have to be, and by how much less each tick, down to the least. */
  private static final double ALIKE = 0.9;

  private static final double LESS = 0.004;
  private static final double LEAST_ALIKE = 0.4;

  private final Decoding decoding;
  private final SampleRun run;
  private final Reserve reserve = new Reserve();
  private final Pauses pauses = new Pauses();
  private long behind;
  private long lateBefore;
  private int rest;

  Pacing(Decoding decoding) {
    this.decoding = decoding;
    this.run = decoding.run();
  }

  /** How many samples later than its media time sound is heard that begins after a pause. */
  long held() {
    return Math.max(0, behind - Math.max(0, reserve.correction()));
  }

  /** Forgets what was, as after a jump or where nobody listened. */
  void restart() {
    reserve.restart();
    behind = 0;
  }

  /** Reads a frame of what is playing, that which belongs to media time {@code time} if it can. */
  void read(long time, float[] out) {
    int spare = (int) Math.clamp(reserve.correction(), 0, Integer.MAX_VALUE);
    long leftOut = decoding.leftOut();
    boolean there = decoding.fill(FRAME, spare);
    reserve.corrected(decoding.leftOut() - leftOut);
    if (decoding.late() != lateBefore) {
      lateBefore = decoding.late();
      reserve.tooLate();
    }
    behind = time - run.head();
    if (!there) {
      play(out);
      return;
    }
    reserve.note(decoding.ahead() - FRAME, behind);
    int moved = correct(out);
    if (moved == 0) {
      play(out);
    } else {
      reserve.corrected(moved);
      behind -= moved;
    }
  }

  private void play(float[] out) {
    int start = run.start();
    pauses.hear(run.samples(), start, FRAME);
    System.arraycopy(run.samples(), start, out, 0, FRAME);
    run.take(FRAME);
  }

  /** Reads a frame that brings the sound nearer to its place; returns by how much, 0: none read. */
  private int correct(float[] out) {
    long correction = reserve.correction();
    rest = Math.max(0, rest - 1);
    if (Math.abs(correction) < Splice.SHORTEST) {
      return 0;
    }
    return correction > 0 ? catchUp(correction, out) : fallBack(-correction, out);
  }

  private int catchUp(long samples, float[] out) {
    int most = (int) Math.min(samples, MOST);
    if (!decoding.reach(FRAME + most)) {
      return 0;
    }
    int n = quiet(most, FRAME + most);
    if (n == 0) {
      n = period((int) Math.min(samples, Splice.LONGEST));
    }
    if (n > 0) {
      Splice.leaveOut(run.samples(), run.start(), n, out, FRAME);
      run.take(FRAME + n);
    }
    return n;
  }

  private int fallBack(long samples, float[] out) {
    int most = (int) Math.min(samples, Splice.LONGEST);
    int n = quiet(most, FRAME);
    if (n == 0 && decoding.reach(FRAME + Splice.FADE)) {
      n = period(most);
    }
    if (n > 0) {
      Splice.repeat(run.samples(), run.start(), n, out, FRAME);
      run.take(FRAME - n);
    }
    return -n;
  }

  /** How much of a pause can go, or be said twice, at once; 0: this is no pause. */
  private int quiet(int most, int available) {
    int quiet = pauses.quiet(run.samples(), run.start(), available);
    int n = Math.min(most, quiet - Splice.FADE);
    return n < Splice.SHORTEST ? 0 : n;
  }

  /** A period of the pitch, if it is time for one; 0: none is found. */
  private int period(int longest) {
    boolean wait = Math.abs(reserve.correction()) * reserve.waited() < PATIENCE;
    if (rest > 0 || wait) {
      return 0;
    }
    double alike = Math.max(LEAST_ALIKE, ALIKE - LESS * reserve.waited());
    int n = Splice.period(run.samples(), run.start(), longest, alike);
    if (n > 0) {
      rest = REST;
    }
    return n;
  }
}
