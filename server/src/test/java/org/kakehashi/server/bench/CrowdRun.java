package org.kakehashi.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many listeners at once: whether each hears every packet, what a packet costs the server, and
 * whether anything of them is left once they have gone.
 *
 * @param size how many
 * @param seconds how long they listen
 */
record CrowdRun(int size, int seconds) {
  /** Enough that classes are loaded, pools are filled and code is compiled before it counts. */
  private static final int REHEARSAL = 30;

  private static final int REHEARSAL_SECONDS = 3;

  Result run(ServerProcess server, MediaApi api, Venue venue) {
    try (OnAir onAir = new OnAir(api, venue)) {
      Crowd rehearsal = new Crowd(api, Math.min(size, REHEARSAL));
      rehearsal.come();
      pass(REHEARSAL_SECONDS);
      rehearsal.leave();
      Wait.until("the rehearsal's listeners are gone", () -> listeners(api) == 0);
      ServerState before = ServerState.of(server.pid(), api);

      Crowd crowd = new Crowd(api, size);
      long doors = System.nanoTime();
      crowd.come();
      double joinSeconds = (System.nanoTime() - doors) / 1e9;
      ServerState during = ServerState.of(server.pid(), api);
      Hearing hearing = hear(server, onAir, crowd);

      crowd.leave();
      boolean unused =
          Wait.becomes(() -> ServerState.of(server.pid(), api).leftovers(before).isEmpty());
      ServerState after = ServerState.of(server.pid(), api);
      return result(hearing, joinSeconds, before, during, after);
    }
  }

  /**
   * What was heard.
   *
   * @param delivered packets
   * @param lost packets that never came to a listener, without those of {@code dropped}
   * @param dropped by the load client's own sockets
   * @param misplaced repeated or overtaken packets, and breaks of RTP sequence numbers
   * @param micros of processor time of the server for each packet delivered
   */
  private record Hearing(
      long delivered, long lost, long dropped, long misplaced, double micros, Delays delays) {}

  private Hearing hear(ServerProcess server, OnAir onAir, Crowd crowd) {
    crowd.restart();
    long dropsBefore = ClientSockets.drops();
    Duration busyBefore = server.processorTime();
    pass(seconds);
    Duration busy = server.processorTime().minus(busyBefore);
    long delivered = crowd.listeners().stream().mapToLong(Listener::heard).sum();
    onAir.stop();
    int last = onAir.sent() - 1;
    List<Listener> all = crowd.listeners();
    boolean unused = Wait.becomes(() -> all.stream().allMatch(each -> each.last() == last));
    long dropped = ClientSockets.drops() - dropsBefore;
    long missing = all.stream().mapToLong(each -> each.missing() + last - each.last()).sum();
    long breaks = all.stream().mapToLong(Listener::sequenceGaps).sum();
    return new Hearing(
        all.stream().mapToLong(Listener::heard).sum(),
        Math.max(0, missing - dropped),
        dropped,
        all.stream().mapToLong(Listener::repeated).sum() + Math.max(0, breaks - dropped),
        busy.toNanos() / 1e3 / delivered,
        Delays.merged(all.stream().map(Listener::delays).toList()));
  }

  private static void pass(int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static int listeners(MediaApi api) {
    return (int) Metrics.of(api).sum("kakehashi_listeners");
  }

  private Result result(
      Hearing hearing,
      double joinSeconds,
      ServerState before,
      ServerState during,
      ServerState after) {
    List<String> failures = new ArrayList<>();
    if (hearing.lost > 0 || hearing.misplaced > 0) {
      failures.add("%d packets lost, %d misplaced".formatted(hearing.lost, hearing.misplaced));
    }
    if (during.listeners() != size) {
      failures.add("/metrics had %d listeners, not %d".formatted(during.listeners(), size));
    }
    after.leftovers(before).forEach(left -> failures.add("left behind: " + left));
    double kib = (during.heapBytes() - before.heapBytes()) / 1024.0 / size;
    Map<String, Object> figures = new TreeMap<>();
    figures.put("listeners", size);
    figures.put("seconds", seconds);
    figures.put("joinSeconds", joinSeconds);
    figures.put("delivered", hearing.delivered);
    figures.put("lost", hearing.lost);
    figures.put("droppedByLoadClient", hearing.dropped);
    figures.put("misplaced", hearing.misplaced);
    figures.put("microsPerPacket", hearing.micros);
    figures.put("heapKibPerListener", kib);
    figures.put("delayMs", hearing.delays.json());
    figures.put("before", before.json());
    figures.put("during", during.json());
    figures.put("after", after.json());
    return new Result(
        "crowd", rows(hearing, joinSeconds, kib, before, during, after), figures, failures);
  }

  private List<Result.Row> rows(
      Hearing hearing,
      double joinSeconds,
      double kib,
      ServerState before,
      ServerState during,
      ServerState after) {
    return List.of(
        row("%d listeners have come in", "%.1f s", size, joinSeconds),
        row(
            "packets delivered in %d s",
            "%d, lost by the server %d (dropped by the load client %d)",
            seconds,
            hearing.delivered,
            hearing.lost,
            hearing.dropped),
        new Result.Row("packet, microphone to listener", hearing.delays.toString()),
        row("server's processor time", "%.1f µs a packet delivered", null, hearing.micros),
        row("heap", "%.0f KiB a listener", null, kib),
        new Result.Row("before", before.toString()),
        new Result.Row("while they listen", during.toString()),
        new Result.Row("after they left", after.toString()));
  }

  private static Result.Row row(String what, String figure, @Nullable Integer of, Object... args) {
    return new Result.Row(
        of == null ? what : what.formatted(of), String.format(Locale.ROOT, figure, args));
  }
}
