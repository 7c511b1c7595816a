package org.kakehashi.server.bench.fanout;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a server did for its listeners in some seconds.
 *
 * @param micros of the server's processor for each packet that arrived
 * @param busy the share of its processor the server used, 0 to 1
 */
record Measured(
    String server,
    int listeners,
    double seconds,
    Crowd.Heard heard,
    double micros,
    double busy,
    ProcessorTime threads) {

  static Measured of(Target target, Crowd crowd, double seconds) {
    LockSupport.parkNanos(1_000_000_000);
    int listeners = crowd.size();
    crowd.restart();
    double before = target.process().micros();
    ProcessorTime threads = ProcessorTime.of(target.process().pid());
    long start = System.nanoTime();
    LockSupport.parkNanos((long) (seconds * 1e9));
    Crowd.Heard heard = crowd.heard();
    double used = target.process().micros() - before;
    double passed = (System.nanoTime() - start) / 1e9;
    return new Measured(
        target.name(),
        listeners,
        passed,
        heard,
        used / heard.packets(),
        used / 1e6 / passed,
        ProcessorTime.of(target.process().pid()).since(threads));
  }

  double packetsPerSecond() {
    return heard.packets() / seconds;
  }

  /** Whether everybody heard everything in time. */
  boolean isGood() {
    return heard.lossPercent() <= 0.1 && heard.silent() == 0 && heard.millis(0.99) < 20;
  }

  /** Whether the server has come to its limit. */
  boolean isWorn() {
    return heard.lossPercent() > 0.1 || busy > 0.9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f µs a packet, %.0f packets/s, processor %.0f %%, lost %.3f %%, p50 %.2f p99 %.2f max"
            + " %.1f ms%s",
        micros,
        packetsPerSecond(),
        100 * busy,
        heard.lossPercent(),
        heard.millis(0.5),
        heard.millis(0.99),
        heard.millis(1),
        heard.silent() == 0 ? "" : ", %d hear nothing".formatted(heard.silent()));
  }

  Map<String, Object> json() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("server", server);
    figures.put("listeners", listeners);
    figures.put("microsPerPacket", micros);
    figures.put("packetsPerSecond", packetsPerSecond());
    figures.put("processor", busy);
    figures.put("lossPercent", heard.lossPercent());
    figures.put("silent", heard.silent());
    figures.put("p50", heard.millis(0.5));
    figures.put("p99", heard.millis(0.99));
    figures.put("max", heard.millis(1));
    figures.put("threadMicros", threads.micros());
    return figures;
  }
}
