package org.kakehashi.server.bench.fanout;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The system calls that load generator and bare loop make, on Linux with 64 bits. */
final class Native {
  static final int MSGHDR = 56;
  static final int MMSGHDR = 64;
  static final int IOVEC = 16;
  static final int SOCKADDR = 16;
  static final int DONT_WAIT = 0x40;

  static final MethodHandle SENDMMSG =
      handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  static final MethodHandle RECVMMSG =
      handle(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  static final MethodHandle SENDMSG =
      handle("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      handle(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETPRIORITY =
      handle("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle SCHED_SETSCHEDULER =
      handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  private static final int SCHED_OTHER_RESET_ON_FORK = 0x4000_0000;
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int BUFFER = 16 << 20;

  private Native() {}

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup lookup = linker.defaultLookup();
    return linker.downcallHandle(lookup.find(name).orElseThrow(), type);
  }

  /** A bound IPv4 UDP socket with large buffers. */
  static int udp(int address, int port) {
    try (Arena arena = Arena.ofConfined()) {
      int socket = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM, 0);
      option(socket, SOL_SOCKET, SO_RCVBUF, BUFFER);
      option(socket, SOL_SOCKET, SO_SNDBUF, BUFFER);
      option(socket, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER); // Beyond the limit, where we may.
      option(socket, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER);
      MemorySegment name = arena.allocate(SOCKADDR);
      address(name, 0, address, port);
      if ((int) BIND.invokeExact(socket, name, SOCKADDR) != 0) {
        throw new IllegalStateException("UDP port " + port + " is taken");
      }
      return socket;
    } catch (Throwable failed) {
      throw wrapped(failed);
    }
  }

  /** Sets an option if it may be set. */
  static void option(int socket, int level, int name, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment word = arena.allocateFrom(JAVA_INT, value);
      int unused = (int) SETSOCKOPT.invokeExact(socket, level, name, word, Integer.BYTES);
    } catch (Throwable failed) {
      throw wrapped(failed);
    }
  }

  static void close(int socket) {
    try {
      int unused = (int) CLOSE.invokeExact(socket);
    } catch (Throwable failed) {
      throw wrapped(failed);
    }
  }

  /** Lets this thread, but none that it starts, go before others of its process, where we may. */
  static void first() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ordinary = arena.allocateFrom(JAVA_INT, 0);
      int unused = (int) SCHED_SETSCHEDULER.invokeExact(0, SCHED_OTHER_RESET_ON_FORK, ordinary);
      unused = (int) SETPRIORITY.invokeExact(0, 0, -20);
    } catch (Throwable failed) {
      throw wrapped(failed);
    }
  }

  /** Writes a {@code sockaddr_in}. */
  static void address(MemorySegment target, long at, int address, int port) {
    target.set(JAVA_SHORT, at, (short) AF_INET);
    target.set(JAVA_BYTE, at + 2, (byte) (port >> 8));
    target.set(JAVA_BYTE, at + 3, (byte) port);
    target.set(JAVA_INT, at + 4, Integer.reverseBytes(address));
  }

  static RuntimeException wrapped(Throwable failed) {
    return failed instanceof RuntimeException plain ? plain : new IllegalStateException(failed);
  }
}
