package org.kakehashi.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the kernel dropped because the load client did not read in time: not the server's loss. See
 * proc_net(5): the last column of {@code /proc/net/udp} counts drops, the tenth is the inode.
 */
final class ClientSockets {
  private static final int INODE = 9;

  private ClientSockets() {}

  /** Datagrams dropped so far by sockets that this process has open now. */
  static long drops() {
    Set<String> own = inodes();
    return Stream.of("/proc/net/udp", "/proc/net/udp6")
        .flatMap(file -> lines(Path.of(file)).stream().skip(1))
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> own.contains(fields[INODE]))
        .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
        .sum();
  }

  /**
   * The UDP and TCP sockets that this process has open now, as the kernel lists them. The JVM's own
   * Unix sockets, which it keeps once it has them, are not among them.
   */
  static List<String> open() {
    Set<String> own = inodes();
    return Stream.of("udp", "udp6", "tcp", "tcp6")
        .flatMap(
            protocol ->
                lines(Path.of("/proc/net", protocol)).stream()
                    .skip(1)
                    .filter(line -> own.contains(line.strip().split("\\s+")[INODE]))
                    .map(line -> protocol + " " + line.strip()))
        .toList();
  }

  private static Set<String> inodes() {
    Set<String> found = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : open.toList()) {
        String target = target(each);
        if (target.startsWith("socket:[")) {
          found.add(target.substring(8, target.length() - 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
