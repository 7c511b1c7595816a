package org.kakehashi.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the heap grow with the crowd. ZGC collects ever more often as the heap nears the soft limit
 * that the server was started with: that keeps the server of a village hall small, and would take a
 * quarter of a processor where thousands listen. Each of them raises the limit by what they may
 * take, and lowers it as they go.
 *
 * <p>Thread: any.
 */
final class HeapRoom {
  /** How much of the heap each connection may add to the limit, in bytes. */
  static final long EACH = 32 << 10;

  /** Smaller changes are not worth telling the JVM. */
  private static final long STEP = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);
  private static final String OPTION = "SoftMaxHeapSize";

  private final long least;
  private final long most;
  private final IntSupplier connections;
  private final LongConsumer limit;
  private long now;

  /**
   * @param least the limit while nobody is here, in bytes
   * @param most what the heap can never exceed, in bytes
   * @param connections how many are open now
   * @param limit takes a new limit in bytes
   */
  HeapRoom(long least, long most, IntSupplier connections, LongConsumer limit) {
    this.least = least;
    this.most = most;
    this.connections = connections;
    this.limit = limit;
    this.now = least;
  }

  /** For this JVM, from the limit that it was started with; a JVM that has none goes without. */
  static HeapRoom ofThisJvm(IntSupplier connections) {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      long least = Long.parseLong(jvm.getVMOption(OPTION).getValue());
      return new HeapRoom(
          least,
          Runtime.getRuntime().maxMemory(),
          connections,
          bytes -> jvm.setVMOption(OPTION, Long.toString(bytes)));
    } catch (RuntimeException | LinkageError none) {
      LOG.info(
          "this JVM's heap has no soft limit that could follow the crowd: {}", none.toString());
      return new HeapRoom(0, 0, () -> 0, bytes -> {});
    }
  }

  /** Looks how many there are; every few seconds. */
  synchronized void look() {
    long wanted = Math.clamp(least + EACH * connections.getAsInt(), least, Math.max(least, most));
    if (Math.abs(wanted - now) < STEP && (wanted != least || now == least)) {
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
