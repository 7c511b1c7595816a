package org.kakehashi.server.bench.fanout;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The limit: the datagrams that listeners get, encrypted by OpenSSL's AES-128-GCM with a key each
 * and sent by {@code sendmmsg}, and nothing else. Of what was tried (Netty's batches, {@code
 * sendto}, a connected socket a listener) this is the fastest loop for thousands of listeners; see
 * {@code docs/benchmarks.md}.
 *
 * <p>{@code BareLoop LISTENERS PORT SECONDS [full]}: a burst every 20 ms, or without pause; prints
 * {@code go} when it starts and {@code sent N} at the end.
 */
public final class BareLoop {
  private static final int BATCH = 128;
  private static final int HEADER = 12;
  private static final int TAG = 16;
  private static final int LENGTH = HEADER + StampedPackets.SOUND + TAG;
  private static final int SLOT = 128;
  private static final int IV = 12;
  private static final int KEY = 16;
  private static final int GET_TAG = 0x10;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_PMTUDISC_DO = 2;
  private static final long FRAME = 20_000_000;

  private static final SymbolLookup CRYPTO =
      SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
  private static final MethodHandle NEW =
      handle("EVP_CIPHER_CTX_new", FunctionDescriptor.of(JAVA_LONG));
  private static final MethodHandle GCM =
      handle("EVP_aes_128_gcm", FunctionDescriptor.of(JAVA_LONG));
  private static final MethodHandle INIT =
      handle(
          "EVP_EncryptInit_ex",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle UPDATE =
      handle(
          "EVP_EncryptUpdate",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle FINAL =
      handle(
          "EVP_EncryptFinal_ex", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CONTROL =
      handle(
          "EVP_CIPHER_CTX_ctrl",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

  private final Arena arena = Arena.global();
  private final long[] contexts;
  private final MemorySegment names;
  private final MemorySegment headers = arena.allocate((long) BATCH * Native.MMSGHDR, 64);
  private final MemorySegment vectors = arena.allocate((long) BATCH * Native.IOVEC, 64);
  private final MemorySegment data = arena.allocate((long) BATCH * SLOT, 64);
  private final MemorySegment plain = arena.allocate(SLOT, 64);
  private final MemorySegment iv = arena.allocate(16, 8);
  private final MemorySegment length = arena.allocate(8, 8);
  private final int socket;
  private long sent;
  private int sequence;

  private BareLoop(int listeners, int port) throws Throwable {
    contexts = new long[listeners];
    names = arena.allocate((long) listeners * Native.SOCKADDR, 64);
    socket = Native.udp(0, 0);
    Native.option(socket, 0, IP_MTU_DISCOVER, IP_PMTUDISC_DO); // As the server does.
    long cipher = (long) GCM.invokeExact();
    MemorySegment key = arena.allocate(KEY);
    for (int i = 0; i < listeners; i++) {
      contexts[i] = (long) NEW.invokeExact();
      key.set(JAVA_INT, 0, i);
      int unused = (int) INIT.invokeExact(contexts[i], cipher, 0L, key.address(), 0L);
      // Beyond the attendees' addresses: heard and counted, and nobody's.
      Native.address(names, (long) i * Native.SOCKADDR, WideSocket.FIRST + (1 << 16) + i, port);
    }
    for (int i = 0; i < BATCH; i++) {
      vectors.set(ADDRESS, (long) i * Native.IOVEC, data.asSlice((long) i * SLOT));
      vectors.set(JAVA_LONG, (long) i * Native.IOVEC + 8, LENGTH);
      headers.set(JAVA_INT, (long) i * Native.MMSGHDR + 8, Native.SOCKADDR);
      headers.set(
          ADDRESS, (long) i * Native.MMSGHDR + 16, vectors.asSlice((long) i * Native.IOVEC));
      headers.set(JAVA_LONG, (long) i * Native.MMSGHDR + 24, 1);
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return Linker.nativeLinker()
        .downcallHandle(CRYPTO.find(name).orElseThrow(), type, Linker.Option.critical(false));
  }

  private void burst() throws Throwable {
    sequence++;
    int at = 0;
    for (int i = 0; i < contexts.length; i++) {
      encrypt(contexts[i], data.address() + (long) at * SLOT, at);
      headers.set(
          JAVA_LONG, (long) at * Native.MMSGHDR, names.address() + (long) i * Native.SOCKADDR);
      if (++at == BATCH || i == contexts.length - 1) {
        sent += Math.max(0, (int) Native.SENDMMSG.invokeExact(socket, headers, at, 0));
        at = 0;
      }
    }
  }

  private void encrypt(long context, long packet, int slot) throws Throwable {
    MemorySegment.copy(plain, 0, data, (long) slot * SLOT, HEADER + StampedPackets.SOUND);
    data.set(JAVA_INT, (long) slot * SLOT, 0x6F80 | Integer.reverseBytes(sequence & 0xFFFF));
    iv.set(JAVA_LONG_UNALIGNED, 4, sequence);
    int good = (int) INIT.invokeExact(context, 0L, 0L, 0L, iv.address());
    good &= (int) UPDATE.invokeExact(context, 0L, length.address(), packet, HEADER);
    long from = packet + HEADER;
    good &= (int) UPDATE.invokeExact(context, from, length.address(), from, StampedPackets.SOUND);
    good &= (int) FINAL.invokeExact(context, from + StampedPackets.SOUND, length.address());
    good &= (int) CONTROL.invokeExact(context, GET_TAG, TAG, from + StampedPackets.SOUND);
    if (good != 1) {
      throw new IllegalStateException("OpenSSL refused");
    }
  }

  /** See the class. */
  public static void main(String[] args) throws Throwable {
    BareLoop loop = new BareLoop(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    int seconds = Integer.parseInt(args[2]);
    boolean full = args.length > 3;
    loop.run(2, false); // Compiled before it counts.
    System.out.println("go");
    LockSupport.parkNanos(500_000_000);
    loop.sent = 0;
    loop.run(seconds, full);
    System.out.println("sent " + loop.sent);
    LockSupport.parkNanos(2_000_000_000L);
  }

  private void run(int seconds, boolean full) throws Throwable {
    long start = System.nanoTime();
    for (long i = 0; System.nanoTime() - start < seconds * 1_000_000_000L; i++) {
      long due = start + i * FRAME;
      for (long wait = due - System.nanoTime(); !full && wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      burst();
    }
  }
}
