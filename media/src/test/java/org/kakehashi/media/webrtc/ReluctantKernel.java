package org.kakehashi.media.webrtc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes every datagram and sends none; does not cut for some ports. */
final class ReluctantKernel implements DatagramBatch.Output {
  private static final long ERRNO_AT =
      Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));
  private static final int HEADER = 64;

  /** What was taken: each a port, and the number of datagrams if it was to be cut. */
  final List<String> sends = new ArrayList<>();

  final Set<Integer> refused;
  private final int why;

  /**
   * @param why what it says, as {@code errno}, to what is to be cut for one of the ports
   */
  ReluctantKernel(int why, Integer... refused) {
    this.why = why;
    this.refused = new HashSet<>(Arrays.asList(refused));
  }

  @Override
  public int send(MemorySegment errno, int socket, long headers, int count) {
    for (int i = 0; i < count; i++) {
      MemorySegment header =
          MemorySegment.ofAddress(headers + (long) i * HEADER).reinterpret(HEADER);
      MemorySegment name = MemorySegment.ofAddress(header.get(JAVA_LONG, 0)).reinterpret(4);
      int port = name.asByteBuffer().getShort(2) & 0xFFFF; // In network order.
      boolean cut = header.get(JAVA_LONG, 40) > 0;
      if (cut && refused.contains(port)) {
        errno.set(JAVA_INT, ERRNO_AT, why);
        return i == 0 ? -1 : i;
      }
      sends.add(cut ? port + "x" + header.get(JAVA_LONG, 24) : "" + port);
    }
    return count;
  }
}
