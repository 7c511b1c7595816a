package org.kakehashi.media.webrtc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.srtp.SrtpSender;

/**
 * Packets of one loop on their way out, written and encrypted one behind the other where the kernel
 * will read them, and handed over in one {@code sendmmsg}. Nothing is allocated for a packet.
 *
 * <pre>
 *   mmsghdr[i]  ─▶ name[i], vector[i] ─▶ data[…]
 *   | name* 8 | name length 4, 0 | vector* 8 | 1 | control* 8 | control length 8 | flags 4, 0 | sent 4, 0 |
 * </pre>
 *
 * <p>On the loop.
 */
final class DatagramBatch {
  /** How many go out at once: beyond that the system call's own share is lost in the noise. */
  static final int MOST = 128;

  /** The longest packet in plain text: a payload of {@link Demultiplexer#MAX_PACKET}, a header. */
  private static final int LONGEST = 4_096;

  private static final int DATA = 128 * 1_024;
  private static final int HEADER = 64;
  private static final int VECTOR = 16;
  private static final int VECTOR_AT = 16;
  private static final int VECTORS_AT = 24;

  /** What a batch asks of its loop. */
  interface Sender {
    /** Takes a datagram the kernel has no room for now. */
    void queue(Path.Udp to, ByteBuf packet);

    /** Whether there are such, which go first. */
    boolean isQueueing();

    /** Counts. */
    void sent(int packets, long bytes);

    /** Counts a datagram the kernel would not take. */
    void failed();
  }

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment headers = arena.allocate((long) MOST * HEADER, 64);
  private final MemorySegment vectors = arena.allocate((long) MOST * VECTOR, 64);
  private final MemorySegment names = arena.allocate((long) MOST * SocketName.SPACE, 64);
  private final MemorySegment data = arena.allocate(DATA, 64);
  private final MemorySegment errno = arena.allocate(SystemCalls.ERRNO_SIZE, 8);
  private final ByteBuf buffer = Unpooled.wrappedBuffer(data.asByteBuffer());
  private final Path.@Nullable Udp[] paths = new Path.@Nullable Udp[MOST];
  private final Sender sender;
  private int socket = -1;
  private int family;
  private int count;
  private int end;
  private boolean queues;

  /** Whether no path has been too narrow yet: until then the kernel has less to do. */
  private boolean whole;

  DatagramBatch(Sender sender) {
    this.sender = sender;
    for (int i = 0; i < MOST; i++) {
      long header = (long) i * HEADER;
      headers.set(JAVA_LONG, header, names.address() + (long) i * SocketName.SPACE);
      headers.set(JAVA_LONG, header + VECTOR_AT, vectors.address() + (long) i * VECTOR);
      headers.set(JAVA_LONG, header + VECTORS_AT, 1);
    }
  }

  /** Sends by this socket from now on. */
  void open(int descriptor) {
    socket = descriptor;
    family = SystemCalls.family(descriptor);
    whole = SystemCalls.fragments(descriptor, false);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * A buffer outside the heap for the next packet, with room for the longest and what protection
   * adds. What is written there and not {@linkplain #add added} is written over.
   */
  ByteBuf next() {
    if (end + LONGEST + SrtpSender.ROOM > DATA) {
      flush();
    }
    return buffer.setIndex(end, end);
  }

  /** Adds the packet that was written to {@link #next}. */
  void add(Path.Udp to) {
    int length = buffer.readableBytes();
    if (!to.name().isFor(family) || socket < 0) {
      sender.failed();
      return;
    }
    if (count == 0) {
      queues = sender.isQueueing(); // Nothing is queued between two flushes but by a flush.
    }
    if (queues) {
      sender.queue(to, buffer);
      return;
    }
    long header = (long) count * HEADER;
    int nameLength = to.name().write(names, (long) count * SocketName.SPACE, family);
    headers.set(JAVA_INT, header + 8, nameLength);
    vectors.set(JAVA_LONG, (long) count * VECTOR, data.address() + buffer.readerIndex());
    vectors.set(JAVA_LONG, (long) count * VECTOR + 8, length);
    paths[count] = to;
    end = buffer.writerIndex() + 15 & ~15;
    if (++count == MOST) {
      flush();
    }
  }

  /** Hands over what was added. */
  void flush() {
    int from = 0;
    int packets = 0;
    long bytes = 0;
    while (from < count) {
      int sent =
          SystemCalls.send(errno, socket, headers.address() + (long) from * HEADER, count - from);
      for (int i = from; i < from + sent; i++) {
        bytes += vectors.get(JAVA_LONG, (long) i * VECTOR + 8);
      }
      from += Math.max(0, sent);
      packets += Math.max(0, sent);
      if (sent <= 0 && !retries()) {
        if (isFull()) {
          queue(from);
          break;
        }
        sender.failed(); // This one only: no route to it, or a firewall.
        from++;
      }
    }
    Arrays.fill(paths, 0, count, null); // Else who was sent something last is never forgotten.
    count = 0;
    end = 0;
    if (packets > 0) {
      sender.sent(packets, bytes);
    }
  }

  private boolean retries() {
    int why = SystemCalls.errno(errno);
    if (why == SystemCalls.EMSGSIZE && whole) {
      whole = false;
      return SystemCalls.fragments(socket, true);
    }
    return why == SystemCalls.EINTR;
  }

  private boolean isFull() {
    int why = SystemCalls.errno(errno);
    return why == SystemCalls.EAGAIN || why == SystemCalls.ENOBUFS;
  }

  private void queue(int from) {
    for (int i = from; i < count; i++) {
      Path.Udp to = paths[i];
      if (to != null) {
        int at = (int) (vectors.get(JAVA_LONG, (long) i * VECTOR) - data.address());
        int length = (int) vectors.get(JAVA_LONG, (long) i * VECTOR + 8);
        sender.queue(to, buffer.setIndex(at, at + length));
      }
    }
  }
}
