package org.kakehashi.server.bench.fanout;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One UDP socket that is thousands of clients: it has every address of the network for benchmarks,
 * 198.18.0.0/15 (RFC 2544), all of which run.sh makes this machine's in a network namespace; it
 * hears for each what is sent there and sends from whichever it is told. One call brings in many
 * datagrams, with the time at which each reached the socket, so that a load generator short of time
 * neither loses packets nor adds to their delay.
 */
final class WideSocket implements AutoCloseable {
  /** The first client's address, 198.18.0.1. */
  static final int FIRST = 0xC6120001;

  private static final int BATCH = 128;
  private static final int DATAGRAM = 2_048;
  private static final int CONTROL = 96;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;

  /** Takes a datagram; on the thread that called {@link #receive}. */
  interface Receiver {
    /**
     * @param address of the client it was sent to
     * @param from where the datagram starts in {@code memory}
     * @param nanos since 1970
     */
    void take(int address, MemorySegment memory, int from, int length, long nanos);
  }

  private final Arena arena = Arena.ofShared();
  private final int port;
  private final int socket;
  private final MemorySegment names = arena.allocate((long) BATCH * Native.SOCKADDR, 8);
  private final MemorySegment controls = arena.allocate((long) BATCH * CONTROL, 8);
  private final MemorySegment vectors = arena.allocate((long) BATCH * Native.IOVEC, 8);
  private final MemorySegment headers = arena.allocate((long) BATCH * Native.MMSGHDR, 8);
  private final MemorySegment data = arena.allocate((long) BATCH * DATAGRAM, 64);
  private final MemorySegment out = arena.allocate(4_096, 8);
  private boolean closed;

  WideSocket(int port) {
    this.port = port;
    socket = Native.udp(0, port);
    Native.option(socket, IPPROTO_IP, IP_PKTINFO, 1);
    Native.option(socket, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    for (int i = 0; i < BATCH; i++) {
      long header = (long) i * Native.MMSGHDR;
      vectors.set(ADDRESS, (long) i * Native.IOVEC, data.asSlice((long) i * DATAGRAM));
      vectors.set(JAVA_LONG, (long) i * Native.IOVEC + 8, DATAGRAM);
      headers.set(ADDRESS, header, names.asSlice((long) i * Native.SOCKADDR));
      headers.set(ADDRESS, header + 16, vectors.asSlice((long) i * Native.IOVEC));
      headers.set(JAVA_LONG, header + 24, 1);
      headers.set(ADDRESS, header + 32, controls.asSlice((long) i * CONTROL));
    }
  }

  int port() {
    return port;
  }

  /**
   * Takes what has come. One thread.
   *
   * @return how many came
   */
  int receive(Receiver receiver) {
    for (int i = 0; i < BATCH; i++) {
      long header = (long) i * Native.MMSGHDR;
      headers.set(JAVA_INT, header + 8, Native.SOCKADDR);
      headers.set(JAVA_LONG, header + 40, CONTROL);
    }
    int count;
    try {
      count =
          (int)
              Native.RECVMMSG.invokeExact(
                  socket, headers, BATCH, Native.DONT_WAIT, MemorySegment.NULL);
    } catch (Throwable failed) {
      throw Native.wrapped(failed);
    }
    for (int i = 0; i < count; i++) {
      deliver(i, receiver);
    }
    return Math.max(0, count);
  }

  private void deliver(int i, Receiver receiver) {
    int address = 0;
    long nanos = 0;
    long at = (long) i * CONTROL;
    long end = at + headers.get(JAVA_LONG, (long) i * Native.MMSGHDR + 40);
    while (at + 16 <= end) {
      long length = controls.get(JAVA_LONG, at);
      int type = controls.get(JAVA_INT, at + 12);
      if (type == IP_PKTINFO) {
        address = Integer.reverseBytes(controls.get(JAVA_INT, at + 16 + 8));
      } else if (type == SO_TIMESTAMPNS) {
        nanos =
            controls.get(JAVA_LONG, at + 16) * 1_000_000_000L + controls.get(JAVA_LONG, at + 24);
      }
      at += length + 7 & ~7L;
    }
    int length = headers.get(JAVA_INT, (long) i * Native.MMSGHDR + Native.MSGHDR);
    receiver.take(address, data, i * DATAGRAM, length, nanos);
  }

  /** Sends from a client; nothing once closed, as goodbyes may come late. Any thread. */
  synchronized void send(int from, InetSocketAddress to, byte[] datagram) {
    if (closed) {
      return;
    }
    int target = ByteBuffer.wrap(to.getAddress().getAddress()).getInt();
    Native.address(out, 0, target, to.getPort());
    long header = 32;
    long vector = 96;
    long control = 128;
    long payload = 256;
    MemorySegment.copy(datagram, 0, out, JAVA_BYTE, payload, datagram.length);
    out.set(ADDRESS, vector, out.asSlice(payload));
    out.set(JAVA_LONG, vector + 8, datagram.length);
    out.set(JAVA_LONG, control, 28);
    out.set(JAVA_INT, control + 8, IPPROTO_IP);
    out.set(JAVA_INT, control + 12, IP_PKTINFO);
    out.set(JAVA_INT, control + 16, 0);
    out.set(JAVA_INT, control + 20, Integer.reverseBytes(from));
    out.set(JAVA_INT, control + 24, 0);
    out.set(ADDRESS, header, out);
    out.set(JAVA_INT, header + 8, Native.SOCKADDR);
    out.set(ADDRESS, header + 16, out.asSlice(vector));
    out.set(JAVA_LONG, header + 24, 1);
    out.set(ADDRESS, header + 32, out.asSlice(control));
    out.set(JAVA_LONG, header + 40, 32);
    out.set(JAVA_INT, header + 48, 0);
    try {
      long unused = (long) Native.SENDMSG.invokeExact(socket, out.asSlice(header), 0);
    } catch (Throwable failed) {
      throw Native.wrapped(failed);
    }
  }

  /** Once nobody receives any more. */
  @Override
  public synchronized void close() {
    closed = true;
    Native.close(socket);
    arena.close();
  }
}
