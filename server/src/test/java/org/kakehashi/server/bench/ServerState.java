package org.kakehashi.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a server holds at one moment.
 *
 * @param peers media connections, by its metrics
 * @param listeners in all channels, by its metrics
 * @param descriptors open files and sockets
 * @param objects live objects of the media plane's classes, after a full collection
 * @param heapBytes of all live objects
 * @param directBytes Netty's memory outside the heap
 * @param residentKib memory of the process
 */
public record ServerState(
    int peers,
    int listeners,
    int descriptors,
    Map<String, Long> objects,
    long heapBytes,
    long directBytes,
    long residentKib) {
  private static final String MEDIA = "org.kakehashi.media.webrtc.";

  /** Caches, logs and compiled code may grow by this much; a crowd that stays takes far more. */
  private static final long HEAP_SLACK = 8 << 20;

  /** Netty keeps the chunks that its threads have used for the next packets. */
  private static final long DIRECT_SLACK = 16 << 20;

  public ServerState {
    objects = Map.copyOf(objects);
  }

  /** What the process with this number holds, whose API this is. */
  public static ServerState of(long pid, MediaApi api) {
    ProcessView server = new ProcessView(pid);
    List<String> histogram = server.jcmd("GC.class_histogram");
    Metrics metrics = Metrics.of(api);
    return new ServerState(
        (int) metrics.sum("kakehashi_media_peers"),
        (int) metrics.sum("kakehashi_listeners"),
        server.descriptors(),
        mediaObjects(histogram),
        total(histogram),
        (long) metrics.sum("netty_allocator_memory_used{memory_type=\"direct\"}"),
        server.residentKib());
  }

  /** A line of the histogram is: number, instances, bytes, class. */
  private static Map<String, Long> mediaObjects(List<String> histogram) {
    return histogram.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length >= 4 && fields[3].startsWith(MEDIA))
        .collect(
            Collectors.toMap(
                fields -> fields[3].substring(MEDIA.length()),
                fields -> Long.parseLong(fields[1]),
                Long::sum,
                TreeMap::new));
  }

  private static long total(List<String> histogram) {
    String[] fields = histogram.getLast().strip().split("\\s+");
    return Long.parseLong(fields[2]);
  }

  /** What is there now that was not there {@code before}; empty if all was released. */
  public List<String> leftovers(ServerState before) {
    List<String> found = new ArrayList<>();
    more(found, "peers", before, s -> (long) s.peers, 0);
    more(found, "listeners", before, s -> (long) s.listeners, 0);
    more(found, "descriptors", before, s -> (long) s.descriptors, 0);
    more(found, "bytes of heap", before, ServerState::heapBytes, HEAP_SLACK);
    more(found, "bytes of Netty's direct memory", before, ServerState::directBytes, DIRECT_SLACK);
    objects.keySet().stream()
        .sorted()
        .forEach(
            name ->
                more(found, name + " objects", before, s -> s.objects.getOrDefault(name, 0L), 0));
    return found;
  }

  private void more(
      List<String> found,
      String what,
      ServerState before,
      Function<ServerState, Long> amount,
      long slack) {
    long was = amount.apply(before);
    long is = amount.apply(this);
    if (is > was + slack) {
      found.add("%d %s, before %d".formatted(is, what, was));
    }
  }

  Map<String, Object> json() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("peers", peers);
    figures.put("listeners", listeners);
    figures.put("descriptors", descriptors);
    figures.put("peerObjects", objects.getOrDefault("Peer", 0L));
    figures.put("heapBytes", heapBytes);
    figures.put("directBytes", directBytes);
    figures.put("residentKib", residentKib);
    return figures;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d peers, %d listeners, %d descriptors, heap %.1f MiB, direct %.1f MiB, resident %.0f MiB",
        peers,
        listeners,
        descriptors,
        heapBytes / 1048576.0,
        directBytes / 1048576.0,
        residentKib / 1024.0);
  }
}
