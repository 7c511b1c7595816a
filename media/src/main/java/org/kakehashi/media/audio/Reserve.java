package org.kakehashi.media.audio;

/**
 * What waits in a microphone's buffer before it is heard, and whether the microphone could be heard
 * earlier, or should be later. Looked at over windows of two seconds: what a microphone has not
 * needed in all of one it can do without. Where that proves wrong within half a minute, as where
 * packets come in bursts now and then, the next window is twice as long, up to sixteen seconds.
 *
 * <p>Thread: the ticker's.
 */
final class Reserve {
  /** The windows, in ticks: two to sixteen seconds. */
  private static final int SHORT = 100;

  private static final int LONG = 800;

  /** For how long catching up may prove to have been wrong, in ticks: 30 s. */
  private static final int REGRET = 1_500;

  /** This much is kept beyond what was needed: 10 ms. */
  private static final long MARGIN = 480;

  /** With less than this (2.5 ms) the next packet may be too late: the margin is made up. */
  private static final long SCARCE = 120;

  /** Sound may be off its media time by this much, beyond need, for good: 10 ms. */
  private static final long DEAD_BAND = 480;

  private int window = SHORT;
  private int ticks;
  private long leastAhead;
  private long leastBehind;
  private long mostBehind;
  private long correction;
  private int waited;
  private int sinceCatchUp = REGRET;

  Reserve() {
    beginWindow();
  }

  /**
   * Notes a tick in which sound was there.
   *
   * @param ahead how many samples wait after this tick's were taken
   * @param behind how many samples later than its media time the sound is heard; negative: earlier
   */
  void note(long ahead, long behind) {
    leastAhead = Math.min(leastAhead, ahead);
    leastBehind = Math.min(leastBehind, behind);
    mostBehind = Math.max(mostBehind, behind);
    sinceCatchUp = Math.min(REGRET, sinceCatchUp + 1);
    ticks++;
    if (ticks >= window) {
      correction = decide();
      beginWindow();
    }
    waited = correction == 0 ? 0 : waited + 1;
  }

  private long decide() {
    long surplus = Math.min(leastAhead - MARGIN, leastBehind);
    if (surplus > DEAD_BAND) {
      return surplus;
    }
    if (mostBehind < -DEAD_BAND) {
      return mostBehind;
    }
    return leastAhead < SCARCE ? leastAhead - MARGIN : 0;
  }

  /** A packet came after its turn: what was held was too little. */
  void tooLate() {
    window = sinceCatchUp < REGRET ? Math.min(LONG, 2 * window) : SHORT;
    restart();
  }

  /** Forgets what was seen, as after a jump. */
  void restart() {
    correction = 0;
    waited = 0;
    beginWindow();
  }

  /**
   * How many samples the sound should be heard earlier, or, negative, later; 0: it is well where it
   * is.
   */
  long correction() {
    return correction;
  }

  /** For how many ticks a correction has been waiting for a pause. */
  int waited() {
    return waited;
  }

  /** The sound is heard earlier by so many samples, or, negative, later. */
  void corrected(long samples) {
    if (samples > 0) {
      sinceCatchUp = 0;
    }
    long left = correction - samples;
    correction = Long.signum(left) == Long.signum(correction) ? left : 0;
    if (ticks > 0) {
      leastAhead -= samples;
      leastBehind -= samples;
      mostBehind -= samples;
    }
  }

  private void beginWindow() {
    ticks = 0;
    leastAhead = Long.MAX_VALUE;
    leastBehind = Long.MAX_VALUE;
    mostBehind = Long.MIN_VALUE;
  }
}
