package org.kakehashi.media.webrtc;

import java.util.concurrent.TimeUnit;

/**
 * How much may wait for a TCP connection whose line takes less than it is given. Pictures are
 * dropped long before sound, lest that wait behind them; the bandwidth estimate sees the gap in the
 * packets' numbers, as it sees packets lost over UDP. Pure: bytes and times are passed in.
 *
 * <p>Sound is a second late at most on a line of 300 kbit/s, which takes 37 KB a second: {@link
 * #UNSENT} in the kernel, {@link #PICTURES} and {@link #SOUND} here, where Netty counts 200 bytes a
 * packet that nobody sends.
 *
 * <p>On the connection's loop.
 */
final class TcpQueue {
  /** So many bytes may wait on any line before pictures are dropped. */
  static final int PICTURES = 20 * 1024;

  /** So many more before anything is: about two seconds of sound. */
  static final int SOUND = 32 * 1024;

  /** How much the kernel may keep unsent: it does not know what may be dropped. */
  static final int UNSENT = 8 * 1024;

  /** On a line known to be faster so much may wait as it takes in this time: a key frame's room. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  /** But never more. */
  private static final int MOST_PICTURES = 256 * 1024;

  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(250);

  private long measuredAt;
  private long added;
  private long gone;
  private long roomBefore;
  private long room = PICTURES;
  private long ceiling = PICTURES + SOUND;
  private boolean full;

  TcpQueue(long nowNanos) {
    this.measuredAt = nowNanos;
  }

  /**
   * Whether a packet may join the queue.
   *
   * @param waiting the bytes in it
   */
  boolean takes(boolean picture, long waiting, long nowNanos) {
    measure(waiting, nowNanos);
    if (waiting < room) {
      ceiling = room + SOUND; // Else there is more picture than now would be let in.
    }
    if (!picture) {
      return waiting < ceiling;
    }
    // Once full until half of it is gone: one long gap is less of a loss than many short ones.
    full = waiting >= (full ? room / 2 : room);
    return !full;
  }

  /** A packet has joined. */
  void added(int bytes) {
    added += bytes;
  }

  /**
   * How fast the line is: in two windows, as the kernel takes a connection's first bytes at once.
   */
  private void measure(long waiting, long nowNanos) {
    long elapsed = nowNanos - measuredAt;
    if (elapsed < WINDOW) {
      return;
    }
    long goneNow = added - waiting;
    long taken = (goneNow - gone) * PATIENCE / elapsed;
    room = Math.clamp(Math.min(taken, roomBefore), PICTURES, MOST_PICTURES);
    roomBefore = taken;
    gone = goneNow;
    measuredAt = nowNanos;
  }
}
