package org.kakehashi.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the heap grow with the crowd. ZGC collects ever more often as the heap nears the soft limit
 * that the server was started with: that keeps the server of a village hall small, and would take a
 * quarter of a processor where thousands listen. Each of them raises the limit by what they may
 * take, and lowers it as they go; and for the moment by what is left behind as they come in, most
 * of it the arithmetic of a handshake, which is cheapest to collect when there is a second's worth.
 *
 * <p>Thread: any.
 */
final class HeapRoom {
  /** How much of the heap each connection may add to the limit, in bytes. */
  static final long EACH = 32 << 10;

  /**
   * How much of the heap each step taken within the last second adds to it, in bytes; half of that
   * a second later, and so on.
   */
  static final long EACH_STEP = 512 << 10;

  /** Smaller changes are not worth telling the JVM. */
  private static final long WORTH_SAYING = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);
  private static final String OPTION = "SoftMaxHeapSize";

  private final long least;
  private final long most;
  private final IntSupplier connections;
  private final LongSupplier steps;
  private final LongConsumer limit;
  private long now;
  private long taken;
  private long recent;

  /**
   * @param least the limit while nobody is here, in bytes
   * @param most what the heap can never exceed, in bytes
   * @param connections how many are open now
   * @param steps how many were taken so far by those who come in, two each: offer and handshake
   * @param limit takes a new limit in bytes
   */
  HeapRoom(long least, long most, IntSupplier connections, LongSupplier steps, LongConsumer limit) {
    this.least = least;
    this.most = most;
    this.connections = connections;
    this.steps = steps;
    this.limit = limit;
    this.now = least;
    this.taken = steps.getAsLong();
  }

  /** For this JVM, from the limit that it was started with; a JVM that has none goes without. */
  static HeapRoom ofThisJvm(IntSupplier connections, LongSupplier steps) {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      long least = Long.parseLong(jvm.getVMOption(OPTION).getValue());
      return new HeapRoom(
          least,
          Runtime.getRuntime().maxMemory(),
          connections,
          steps,
          bytes -> jvm.setVMOption(OPTION, Long.toString(bytes)));
    } catch (RuntimeException | LinkageError none) {
      LOG.info(
          "this JVM's heap has no soft limit that could follow the crowd: {}", none.toString());
      return new HeapRoom(0, 0, () -> 0, () -> 0, bytes -> {});
    }
  }

  /** Looks how many there are, and how many came; once a second. */
  synchronized void look() {
    long before = taken;
    taken = steps.getAsLong();
    recent = Math.max(taken - before, recent / 2); // They come in gusts.
    long wanted =
        Math.clamp(
            least + EACH * connections.getAsInt() + EACH_STEP * recent,
            least,
            Math.max(least, most));
    if (Math.abs(wanted - now) < WORTH_SAYING && (wanted != least || now == least)) {
      return;
    }
    set(wanted);
  }

  /** Puts the limit back to what it was. */
  synchronized void close() {
    if (now != least) {
      set(least);
    }
  }

  private void set(long wanted) {
    LOG.debug("the heap's soft limit is to be {} MiB", wanted >> 20);
    limit.accept(wanted);
    now = wanted; // Only if it was taken; else the next look tries again.
  }
}
