package org.kakehashi.server.bench.fanout;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;

/**
 * Thousands of listeners on one thread and one socket. It looks for packets again and again rather
 * than wait for them, so that no sender pays for waking it up.
 */
final class Crowd implements AutoCloseable {
  /** One in so many decrypts what it hears. */
  private static final int SAMPLE = 40;

  private static final int CHECK_EVERY_SECONDS = 8;
  private static final int MAX = 100_000; // Of the 131,072 addresses of 198.18.0.0/15.
  private static final long NAP = 500_000;

  private final WideSocket socket;
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final Semaphore computing = new Semaphore(4);
  private final SecureRandom random = new SecureRandom();
  private final Attendee[] byAddress = new Attendee[MAX];
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Attendee> attendees = new ArrayList<>();
  private final Thread thread;
  private volatile boolean open = true;
  private volatile boolean checks;
  private long[] delays = new long[1 << 16];
  private int delayCount;
  private long others;
  private int next;

  Crowd(int port) {
    socket = new WideSocket(port);
    thread = Thread.ofPlatform().name("crowd").daemon().start(this::run);
  }

  int port() {
    return socket.port();
  }

  DtlsIdentity identity() {
    return identity;
  }

  Semaphore computing() {
    return computing;
  }

  void send(int from, InetSocketAddress to, byte[] datagram) {
    socket.send(from, to, datagram);
  }

  /** One more listener, not connected yet. One thread. */
  Attendee add() {
    int number = next++;
    Attendee attendee = new Attendee(this, WideSocket.FIRST + number, number % SAMPLE == 0, random);
    onThread(
        () -> {
          byAddress[number] = attendee;
          attendees.add(attendee);
          return null;
        });
    return attendee;
  }

  /** Whether this side sends checks again and again. */
  void check(boolean value) {
    checks = value;
  }

  private void run() {
    Native.first();
    long checkedAt = System.nanoTime();
    int checked = 0;
    while (open) {
      if (socket.receive(this::take) == 0) {
        LockSupport.parkNanos(NAP);
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      long now = System.nanoTime();
      int count = attendees.size();
      if (checks && count > 0) {
        // Evenly over the time, as a crowd of strangers does.
        long pause = CHECK_EVERY_SECONDS * 1_000_000_000L / count;
        long due = Math.min((now - checkedAt) / pause, 8);
        for (int i = 0; i < due; i++) {
          // Not by a remainder: with each who comes in, that would jump.
          checked = checked + 1 < count ? checked + 1 : 0;
          attendees.get(checked).check();
        }
        checkedAt += due * pause; // What could not be done now is done soon.
      } else {
        checkedAt = now;
      }
    }
  }

  private void take(
      int address, java.lang.foreign.MemorySegment memory, int from, int length, long nanos) {
    int number = address - WideSocket.FIRST;
    Attendee attendee = number >= 0 && number < MAX ? byAddress[number] : null;
    if (attendee == null) {
      others++;
    } else {
      attendee.take(memory, from, length, nanos);
    }
  }

  void delay(long nanos) {
    if (delayCount == delays.length) {
      delays = Arrays.copyOf(delays, 2 * delayCount);
    }
    delays[delayCount++] = nanos;
  }

  private <T> T onThread(java.util.function.Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException failed) {
            done.completeExceptionally(failed);
          }
        });
    try {
      return done.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What was heard.
   *
   * @param packets by listeners
   * @param lost packets by sequence numbers
   * @param silent listeners who heard nothing at all
   * @param others datagrams to addresses without a listener: a bare loop's
   * @param delays in nanoseconds, sorted
   */
  record Heard(long packets, long lost, long silent, long others, long[] delays) {
    double millis(double quantile) {
      return delays.length == 0
          ? Double.NaN
          : delays[Math.max(0, (int) Math.ceil(quantile * delays.length) - 1)] / 1e6;
    }

    double lossPercent() {
      return packets == 0 ? 0 : 100.0 * lost / (packets + lost);
    }
  }

  /** Everybody counts from here. */
  void restart() {
    onThread(
        () -> {
          attendees.forEach(Attendee::restart);
          delayCount = 0;
          others = 0;
          return null;
        });
  }

  /** What was heard since {@link #restart}. */
  Heard heard() {
    return onThread(
        () -> {
          long[] sorted = Arrays.copyOf(delays, delayCount);
          Arrays.sort(sorted);
          return new Heard(
              attendees.stream().mapToLong(Attendee::received).sum(),
              attendees.stream().mapToLong(Attendee::lost).sum(),
              attendees.stream().filter(each -> each.received() == 0).count(),
              others,
              sorted);
        });
  }

  /** One goes, and is not counted any more. */
  void leave(Attendee attendee) {
    onThread(
        () -> {
          byAddress[attendee.address() - WideSocket.FIRST] = null;
          return attendees.remove(attendee);
        });
    attendee.leave();
  }

  /** Everybody goes. */
  void leave() {
    List<Attendee> gone =
        onThread(
            () -> {
              List<Attendee> all = List.copyOf(attendees);
              attendees.clear();
              return all;
            });
    gone.forEach(Attendee::leave);
  }

  int size() {
    return onThread(attendees::size);
  }

  @Override
  public void close() {
    open = false;
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
