package org.kakehashi.media.webrtc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

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
 * <p>Packets of one size that follow each other to one place, as those of a picture do, go as one
 * that the kernel cuts (UDP GSO), where it can. A way that is too narrow for it, or leads through a
 * device that cannot, gets them one by one from then on; the others do not.
 *
 * <pre>
 *   mmsghdr[i]  ─▶ name[i], control[i], vectors ─▶ data[…]
 *   | name* 8 | name length 4, 0 | vector* 8 | vectors 8 | control* 8 | control length 8 | flags 4, 0 | sent 4, 0 |
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
  private static final int CONTROL_AT = 32;
  private static final int CONTROL_LENGTH_AT = 40;

  /** A control message of 16 bits: {@code | length 8 | level 4 | type 4 | size 2, 0 |}. */
  private static final int CONTROL = 24;

  private static final int SIZE_AT = 16;

  /** The most that the kernel cuts one send into; and the most one may be in all. */
  private static final int SEGMENTS = 64;

  private static final int LONGEST_CUT = 60_000;

  /**
   * So many ways refuse what is to be cut, none too narrow, and before any has taken it, until it
   * is the kernel that cannot.
   */
  static final int SURE = 8;

  /** How datagrams leave: as {@link SystemCalls#send} does it. */
  @FunctionalInterface
  interface Output {
    int send(MemorySegment errno, int socket, long headers, int count);
  }

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
  private final MemorySegment controls = arena.allocate((long) MOST * CONTROL, 8);
  private final MemorySegment names = arena.allocate((long) MOST * SocketName.SPACE, 64);
  private final MemorySegment data = arena.allocate(DATA, 64);
  private final MemorySegment errno = arena.allocate(SystemCalls.ERRNO_SIZE, 8);
  private final ByteBuf buffer = Unpooled.wrappedBuffer(data.asByteBuffer());
  private final Path.@Nullable Udp[] paths = new Path.@Nullable Udp[MOST];
  private final Sender sender;
  private final Output output;
  private int socket = -1;
  private int family;
  private final int[] firstVector = new int[MOST];
  private boolean segments;
  private boolean hasCut;
  private int refusals;
  private int count;
  private int vectorCount;
  private int lastSize;
  private int lastTotal;
  private boolean lastOpen;
  private int end;
  private boolean queues;

  /** Whether no path has been too narrow yet: until then the kernel has less to do. */
  private boolean whole;

  DatagramBatch(Sender sender) {
    this(sender, SystemCalls::send);
  }

  DatagramBatch(Sender sender, Output output) {
    this.sender = sender;
    this.output = output;
    for (int i = 0; i < MOST; i++) {
      long header = (long) i * HEADER;
      headers.set(JAVA_LONG, header, names.address() + (long) i * SocketName.SPACE);
      headers.set(JAVA_LONG, header + CONTROL_AT, controls.address() + (long) i * CONTROL);
      long control = (long) i * CONTROL;
      controls.set(JAVA_LONG, control, SIZE_AT + Short.BYTES);
      controls.set(JAVA_INT, control + 8, SystemCalls.SOL_UDP);
      controls.set(JAVA_INT, control + 12, SystemCalls.UDP_SEGMENT);
    }
  }

  /** Sends by this socket from now on. */
  void open(int descriptor) {
    socket = descriptor;
    family = SystemCalls.family(descriptor);
    whole = SystemCalls.fragments(descriptor, false);
    segments = SystemCalls.segments(descriptor);
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
    vectors.set(JAVA_LONG, (long) vectorCount * VECTOR, data.address() + buffer.readerIndex());
    vectors.set(JAVA_LONG, (long) vectorCount * VECTOR + 8, length);
    end = buffer.writerIndex() + 15 & ~15;
    if (continues(to, length)) {
      join(length);
    } else {
      begin(to, length);
    }
    if (++vectorCount == MOST) {
      flush();
    }
  }

  /** Whether the kernel may cut this packet off the same send as the one before. */
  private boolean continues(Path.Udp to, int length) {
    return segments
        && count > 0
        && paths[count - 1] == to
        && to.takesCut()
        && lastOpen
        && length <= lastSize
        && vectorCount - firstVector[count - 1] < SEGMENTS
        && lastTotal + length <= LONGEST_CUT;
  }

  private void join(int length) {
    long header = (long) (count - 1) * HEADER;
    headers.set(JAVA_LONG, header + VECTORS_AT, vectorCount - firstVector[count - 1] + 1L);
    headers.set(JAVA_LONG, header + CONTROL_LENGTH_AT, CONTROL);
    controls.set(JAVA_SHORT, (long) (count - 1) * CONTROL + SIZE_AT, (short) lastSize);
    lastOpen = length == lastSize; // Only the last may be shorter.
    lastTotal += length;
  }

  private void begin(Path.Udp to, int length) {
    long header = (long) count * HEADER;
    int nameLength = to.name().write(names, (long) count * SocketName.SPACE, family);
    headers.set(JAVA_INT, header + 8, nameLength);
    headers.set(JAVA_LONG, header + VECTOR_AT, vectors.address() + (long) vectorCount * VECTOR);
    headers.set(JAVA_LONG, header + VECTORS_AT, 1);
    headers.set(JAVA_LONG, header + CONTROL_LENGTH_AT, 0);
    firstVector[count] = vectorCount;
    paths[count] = to;
    lastSize = length;
    lastTotal = length;
    lastOpen = true;
    count++;
  }

  /** Hands over what was added. */
  void flush() {
    int from = 0;
    int packets = 0;
    long bytes = 0;
    while (from < count) {
      int sent = output.send(errno, socket, headers.address() + (long) from * HEADER, count - from);
      int until = vectorOf(from + Math.max(0, sent));
      for (int i = vectorOf(from); i < until; i++) {
        bytes += vectors.get(JAVA_LONG, (long) i * VECTOR + 8);
      }
      packets += until - vectorOf(from);
      hasCut |= until - vectorOf(from) > Math.max(0, sent);
      from += Math.max(0, sent);
      if (sent <= 0 && !retries()) {
        if (isFull()) {
          queue(from, count);
          break;
        }
        if (isCut(from) && cannotCut()) { // One by one, and from now on.
          refusedCut(paths[from]);
          queue(from, from + 1);
        } else {
          for (int i = vectorOf(from); i < vectorOf(from + 1); i++) {
            sender.failed(); // These only: no route to there, or a firewall.
          }
        }
        from++;
      }
    }
    Arrays.fill(paths, 0, count, null); // Else who was sent something last is never forgotten.
    count = 0;
    vectorCount = 0;
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

  private void refusedCut(Path.@Nullable Udp to) {
    if (to != null) {
      to.refusedCut();
    }
    boolean narrow = SystemCalls.errno(errno) == SystemCalls.EMSGSIZE;
    if (!hasCut && !narrow && ++refusals >= SURE) {
      segments = false;
    }
  }

  /**
   * Whether the device cannot, or the way takes no packet of this size, which older kernels call
   * EINVAL, too.
   */
  private boolean cannotCut() {
    int why = SystemCalls.errno(errno);
    return why == SystemCalls.EIO || why == SystemCalls.EINVAL || why == SystemCalls.EMSGSIZE;
  }

  /** Where the vectors of a header begin, or those of the last end. */
  private int vectorOf(int header) {
    return header < count ? firstVector[header] : vectorCount;
  }

  private boolean isCut(int header) {
    return vectorOf(header + 1) - vectorOf(header) > 1;
  }

  private void queue(int from, int until) {
    for (int header = from; header < until; header++) {
      Path.Udp to = paths[header];
      for (int i = vectorOf(header); to != null && i < vectorOf(header + 1); i++) {
        int at = (int) (vectors.get(JAVA_LONG, (long) i * VECTOR) - data.address());
        int length = (int) vectors.get(JAVA_LONG, (long) i * VECTOR + 8);
        sender.queue(to, buffer.setIndex(at, at + length));
      }
    }
  }
}
