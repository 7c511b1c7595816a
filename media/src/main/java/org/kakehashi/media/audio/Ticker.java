package org.kakehashi.media.audio;

/** Calls what is to run every 20 ms. The real one is {@link AudioTicker}; tests tick by hand. */
public interface Ticker {
  /** Time between two ticks in nanoseconds: 20 ms. */
  long PERIOD_NANOS = 20_000_000;

  /** Something that runs every 20 ms. */
  @FunctionalInterface
  interface Tick {
    /**
     * Runs on the ticker's thread; must not block.
     *
     * @param deadline when this tick was due, on the clock of {@code System.nanoTime()}; exactly
     *     {@link #PERIOD_NANOS} after the one before, unless ticks had to be skipped
     */
    void tick(long deadline);
  }

  /** Ends what {@link #start} began. */
  @FunctionalInterface
  interface Ticking extends AutoCloseable {
    /** No tick begins after this returns, though one may be under way; again: nothing happens. */
    @Override
    void close();
  }

  /** Lets {@code tick} run every 20 ms from now on. Thread: any. */
  Ticking start(Tick tick);
}
