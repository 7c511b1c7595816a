package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Understands which layers an offer would send on a media line: {@code a=simulcast} (RFC 8853 §5.1)
 * of streams that {@code a=rid} (RFC 8851) describes.
 *
 * <pre>
 *   a=rid:h send                     one line a layer
 *   a=simulcast:send h;m,x;~l        ; between layers, the better of , alternatives, ~ paused
 * </pre>
 */
final class SimulcastReader {
  private static final int MAX_LAYERS = 4;
  private static final int MAX_RID = 16; // What the one-byte form of a header extension holds.

  private SimulcastReader() {}

  /**
   * The layers in the order offered; empty if there are not at least two that can be told apart.
   */
  static List<String> rids(MediaSection section) {
    Set<String> described =
        section
            .values("rid")
            .map(value -> value.split(" ", 3))
            .filter(fields -> fields.length >= 2 && fields[1].equals("send"))
            .map(fields -> fields[0])
            .filter(SimulcastReader::isValid)
            .collect(Collectors.toSet());
    List<String> rids = new ArrayList<>();
    for (String layer : sent(section)) {
      String rid = layer.split(",", 2)[0];
      rid = rid.startsWith("~") ? rid.substring(1) : rid;
      if (described.contains(rid) && !rids.contains(rid) && rids.size() < MAX_LAYERS) {
        rids.add(rid);
      }
    }
    return rids.size() < 2 ? List.of() : rids;
  }

  private static List<String> sent(MediaSection section) {
    String[] words = section.value("simulcast").orElse("").strip().split(" +");
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals("send")) {
        return List.of(words[i + 1].split(";"));
      }
    }
    return List.of();
  }

  private static boolean isValid(String rid) {
    return !rid.isEmpty()
        && rid.length() <= MAX_RID
        && rid.chars()
            .allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }
}
