package org.kakehashi.media.webrtc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system calls by which a loop sends, on Linux with 64 bits. Any thread. */
final class SystemCalls {
  /** Length of {@code errno}'s capture in bytes. */
  static final long ERRNO_SIZE = Linker.Option.captureStateLayout().byteSize();

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENOBUFS = 105;

  private static final long ERRNO_AT =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SOL_SOCKET = 1;
  private static final int SO_DOMAIN = 39;
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
  private static final int IPPROTO_IP = 0;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_PMTUDISC_WANT = 1;
  private static final int IP_PMTUDISC_DO = 2;

  /** The level of a socket's UDP options, and the one that lets the kernel cut datagrams. */
  static final int SOL_UDP = 17;

  static final int UDP_SEGMENT = 103;

  private static final MethodHandle SENDMMSG =
      handle(
          "sendmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle GETSOCKOPT =
      handle(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private static final MethodHandle SETSOCKOPT =
      handle(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle SETPRIORITY =
      handle("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle SCHED_SETSCHEDULER =
      handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  private SystemCalls() {}

  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().find(name).orElseThrow();
    return linker.downcallHandle(function, type, options);
  }

  /**
   * Sends several datagrams.
   *
   * @param headers the address of as many {@code mmsghdr}
   * @return how many were sent; below 0 if not even the first, and then {@link #errno} tells why
   */
  static int send(MemorySegment errno, int socket, long headers, int count) {
    try {
      return (int) SENDMMSG.invokeExact(errno, socket, headers, count, MSG_DONTWAIT);
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  static int errno(MemorySegment captured) {
    return captured.get(JAVA_INT, ERRNO_AT);
  }

  /** {@code AF_INET} or {@code AF_INET6}. */
  static int family(int socket) {
    int family = option(socket, SOL_SOCKET, SO_DOMAIN);
    if (family < 0) {
      throw new IllegalStateException("the kernel does not tell a socket's family");
    }
    return family;
  }

  /** Whether the kernel cuts one long send into datagrams (UDP GSO, Linux 4.18). */
  static boolean segments(int socket) {
    return option(socket, SOL_UDP, UDP_SEGMENT) >= 0;
  }

  /** A socket's option; below 0 if the kernel does not know it. */
  private static int option(int socket, int level, int name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
      int failed = (int) GETSOCKOPT.invokeExact(socket, level, name, value, length);
      return failed == 0 ? value.get(JAVA_INT, 0) : -1;
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  /**
   * Whether the kernel may send a datagram over IPv4 in fragments where the path takes no longer
   * ones. Where it must not, none needs an identification of its own (RFC 6864 §4.1), which is one
   * twentieth of what the kernel does for a packet.
   *
   * @return whether the kernel agreed
   */
  static boolean fragments(int socket, boolean allowed) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          arena.allocateFrom(JAVA_INT, allowed ? IP_PMTUDISC_WANT : IP_PMTUDISC_DO);
      int failed =
          (int) SETSOCKOPT.invokeExact(socket, IPPROTO_IP, IP_MTU_DISCOVER, value, Integer.BYTES);
      return failed == 0;
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  /**
   * Lets the kernel run this thread before others, but not the threads that it starts: those of
   * Java's virtual threads are started by whoever wakes one.
   *
   * @param nice -20 to -1, which is for root, or as far as {@code RLIMIT_NICE} allows
   * @return whether the kernel agreed
   */
  static boolean goFirst(int nice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ordinary = arena.allocateFrom(JAVA_INT, 0);
      int policy = SCHED_OTHER | SCHED_RESET_ON_FORK;
      return (int) SCHED_SETSCHEDULER.invokeExact(THIS_THREAD, policy, ordinary) == 0
          && (int) SETPRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, nice) == 0;
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  private static RuntimeException broken(Throwable failed) {
    return failed instanceof RuntimeException plain
        ? plain
        : new IllegalStateException("the kernel could not be called", failed);
  }
}
