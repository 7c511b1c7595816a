package org.kakehashi.media.rtp;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how often one sender of video is asked for a key frame (PLI or FIR), however many
 * listeners want one, and asks again while none comes.
 *
 * <p>Threads: {@link #request} any; the rest on the stream's media loop.
 */
public final class KeyFrameRequests {
  private static final int MAX_REPEATS = 20;

  private final long intervalNanos;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private boolean asked;
  private long askedNanos;
  private boolean everAsked;
  private int repeats;

  /**
   * @param intervalNanos the least time between two requests
   */
  public KeyFrameRequests(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** Somebody needs a key frame. */
  public void request() {
    wanted.set(true);
  }

  /** A key frame began: whoever waited has it. */
  public void arrived() {
    asked = false;
    repeats = 0;
    wanted.set(false);
  }

  /**
   * Whether a request is to be sent now; the caller then sends it. Call it every few ten ms.
   *
   * @param nowNanos the monotonic time
   */
  public boolean poll(long nowNanos) {
    if (everAsked && nowNanos - askedNanos < intervalNanos) {
      return false;
    }
    boolean repeat = asked && repeats < MAX_REPEATS;
    if (!wanted.getAndSet(false)) {
      if (!repeat) {
        return false;
      }
      repeats++;
    } else {
      repeats = 0;
    }
    asked = true;
    everAsked = true;
    askedNanos = nowNanos;
    return true;
  }
}
