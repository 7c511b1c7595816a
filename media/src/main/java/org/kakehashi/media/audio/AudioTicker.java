package org.kakehashi.media.audio;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread that ticks every 20 ms for all sessions of a node: mixers and silence. It
 * sleeps while there is nothing to tick. What one session throws is counted and does not stop the
 * others.
 *
 * <p>Thread: {@link #start}, {@link #close} and the counters from any thread; ticks run on the
 * thread named {@code kakehashi-audio}.
 */
public final class AudioTicker implements Ticker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AudioTicker.class);

  private final LongSupplier nanoTime;
  private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();
  private final TickSchedule schedule = new TickSchedule();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long ticks;
  private volatile long overruns;
  private volatile long skipped;
  private volatile long failures;
  private volatile long busyNanos;

  /**
   * Starts the thread.
   *
   * @param nanoTime the time source of the sessions' clocks, {@code System::nanoTime}
   */
  public AudioTicker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name("kakehashi-audio").daemon().start(this::run);
  }

  @Override
  public Ticking start(Tick tick) {
    Entry entry = new Entry(tick);
    entries.add(entry);
    LockSupport.unpark(thread);
    return () -> entries.remove(entry);
  }

  /** Ends the thread. A tick under way is finished. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    boolean idle = true;
    while (!closed) {
      if (entries.isEmpty()) {
        idle = true;
        LockSupport.park(this);
        continue;
      }
      long now = nanoTime.getAsLong();
      if (idle) {
        idle = false;
        schedule.start(now);
      }
      long wait = schedule.untilDue(now);
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else {
        tickAll(now);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; others only read the counters
  private void tickAll(long now) {
    long deadline = schedule.take(now);
    for (Entry entry : entries) {
      if (!entry.tick(deadline)) {
        failures++;
      }
    }
    ticks++;
    overruns = schedule.overruns();
    skipped = schedule.skipped();
    busyNanos += nanoTime.getAsLong() - now;
  }

  /** How many times the thread ticked. */
  public long ticks() {
    return ticks;
  }

  /** How many ticks began 20 ms late or more: the machine or a session is too slow. */
  public long overruns() {
    return overruns;
  }

  /** How many ticks were left out after a stall of more than 100 ms. */
  public long skipped() {
    return skipped;
  }

  /** How many calls of one session's tick threw. */
  public long failures() {
    return failures;
  }

  /** Time spent in ticks, in nanoseconds; over 20 ms a tick this is the share of one core. */
  public long busyNanos() {
    return busyNanos;
  }

  /** One session's tick, and whether its failure has been told. */
  private static final class Entry {
    private final Tick tick;
    private final AtomicBoolean told = new AtomicBoolean();

    Entry(Tick tick) {
      this.tick = tick;
    }

    boolean tick(long deadline) {
      try {
        tick.tick(deadline);
        return true;
      } catch (RuntimeException | AssertionError e) {
        // Once for each: fifty a second would bury everything else.
        if (told.compareAndSet(false, true)) {
          LOG.error("A session's sound failed in its 20 ms tick; further failures are counted", e);
        }
        return false;
      }
    }
  }
}
