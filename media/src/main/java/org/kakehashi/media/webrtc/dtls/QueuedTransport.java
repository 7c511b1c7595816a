package org.kakehashi.media.webrtc.dtls;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Between a media loop and the thread that works on an association: a bounded queue in, a callback
 * out. The thread holds one of a few permits while it computes and gives it back while it waits, so
 * that a crowd of handshakes cannot take every processor, nor a few that stall keep out the rest.
 *
 * <p>What is said until there is something to wait for leaves together, in as few datagrams as hold
 * it (RFC 6347 §4.1.1): a flight that is one datagram instead of five is lost less often, and the
 * media loop is not woken for each.
 */
final class QueuedTransport implements DatagramTransport {
  /** The longest that is taken, in bytes. */
  static final int MAX_DATAGRAM = 2_048;

  // What Chromium and others send at most; safe on every path.
  private static final int SEND_LIMIT = 1_200;
  private static final int QUEUE = 32;
  private static final byte[] CLOSE = {};
  private static final byte[] NOTHING = {};

  private final ArrayBlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE);
  private final Consumer<byte[]> outgoing;
  private final Runnable resting;
  private final Semaphore computing;
  private volatile boolean closed;

  /** Records that have not left yet. Of the thread that is at work. */
  private byte[] flight = NOTHING;

  /** Whether an empty queue is waited at. Of the thread that is at work. */
  private boolean waits = true;

  /**
   * @param outgoing takes what leaves
   * @param resting runs before the thread waits for something to come
   * @param computing one permit for each thread that may compute at once
   */
  QueuedTransport(Consumer<byte[]> outgoing, Runnable resting, Semaphore computing) {
    this.outgoing = outgoing;
    this.resting = resting;
    this.computing = computing;
  }

  /** Any thread. False if the queue is full. */
  boolean offer(byte[] datagram) {
    return datagram.length <= MAX_DATAGRAM && !closed && incoming.offer(datagram);
  }

  /** Whether nothing waits to be received. Any thread. */
  boolean isEmpty() {
    return incoming.isEmpty();
  }

  /** Whether either side has closed it. Any thread. */
  boolean isClosed() {
    return closed;
  }

  /**
   * From now on whoever receives does not wait, but is told by an {@link InterruptedIOException}
   * that nothing has come: the only answer that BouncyCastle neither takes for a failure nor keeps
   * to itself until the time is over.
   */
  void stopWaiting() {
    waits = false;
    flush();
  }

  /** Any thread: lets the thread that waits find out that it is to end. */
  void wake() {
    closed = true;
    incoming.clear();
    incoming.offer(CLOSE);
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis)
      throws InterruptedIOException {
    // BouncyCastle closes the transport when it hears goodbye, and yet goes on to receive.
    byte[] datagram = closed ? CLOSE : next(waitMillis);
    if (closed || datagram == CLOSE) {
      throw new NothingMore();
    }
    if (datagram == null || datagram.length > length) {
      return -1;
    }
    System.arraycopy(datagram, 0, buffer, offset, datagram.length);
    return datagram.length;
  }

  private byte @org.jspecify.annotations.Nullable [] next(int waitMillis)
      throws InterruptedIOException {
    byte[] ready = incoming.poll();
    if (ready != null) {
      return ready;
    }
    flush();
    if (!waits) {
      throw new NothingMore();
    }
    resting.run();
    computing.release();
    try {
      return waitMillis == 0 ? incoming.take() : incoming.poll(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      computing.acquireUninterruptibly();
    }
  }

  @Override
  public int getReceiveLimit() {
    return MAX_DATAGRAM;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (flight.length + length > SEND_LIMIT) {
      flush();
    }
    int before = flight.length;
    flight = Arrays.copyOf(flight, before + length);
    System.arraycopy(buffer, offset, flight, before, length);
  }

  private void flush() {
    byte[] datagram = flight;
    if (datagram.length > 0) {
      flight = NOTHING;
      outgoing.accept(datagram);
    }
  }

  /** The last word leaves, too. */
  @Override
  public void close() {
    closed = true;
    flush();
  }

  /** Said at the end of each turn of work, or of it all; without a trace of who called. */
  private static final class NothingMore extends InterruptedIOException {
    NothingMore() {
      super("nothing more");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
