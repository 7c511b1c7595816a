package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands one media line: its formats, header extensions and senders. */
final class MediaReader {
  private static final int MAX_SSRCS = 64;

  private MediaReader() {}

  static OfferedMedia read(
      int index, MediaSection section, SessionDescription sdp, Set<String> bundle) {
    String mid = section.value("mid").orElse("");
    boolean rtp =
        (section.media().equals("audio") || section.media().equals("video"))
            && section.protocol().equals("UDP/TLS/RTP/SAVPF");
    boolean alone = sdp.media().size() == 1 && bundle.isEmpty();
    boolean bundled = alone || (!mid.isEmpty() && bundle.contains(mid));
    // A line with bundle-only is offered with port 0 and is not refused (RFC 9143 §6).
    boolean offered = section.port() != 0 || section.has("bundle-only");
    return new OfferedMedia(
        index,
        section.media(),
        section.protocol(),
        section.formats(),
        mid,
        rtp && bundled && offered && validMid(mid),
        direction(section, sdp),
        rtp ? formats(section) : List.of(),
        extensions(section, sdp),
        ssrcs(section),
        SimulcastReader.rids(section),
        maxPacketMillis(section));
  }

  private static int maxPacketMillis(MediaSection section) {
    return section
        .value("maxptime")
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .orElse(OfferedMedia.DEFAULT_MAX_PACKET_MILLIS);
  }

  private static boolean validMid(String mid) {
    return mid.length() <= 32 && mid.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static Direction direction(MediaSection section, SessionDescription sdp) {
    for (Direction direction : Direction.values()) {
      if (section.has(direction.attribute())) {
        return direction;
      }
    }
    for (Direction direction : Direction.values()) {
      if (sdp.values(direction.attribute()).findAny().isPresent()) {
        return direction;
      }
    }
    return Direction.SENDRECV;
  }

  private static List<OfferedFormat> formats(MediaSection section) {
    Map<String, String> rtpmaps = byPayloadType(section, "rtpmap");
    Map<String, String> fmtps = byPayloadType(section, "fmtp");
    List<OfferedFormat> formats = new ArrayList<>();
    for (String format : new LinkedHashSet<>(section.formats())) {
      int payloadType = SdpParser.number(format, 127);
      String rtpmap = rtpmaps.get(format);
      if (payloadType < 0 || rtpmap == null) {
        continue; // A static payload type without a map is of no codec used here.
      }
      String[] fields = rtpmap.split("/", -1);
      int clockRate = fields.length < 2 ? -1 : SdpParser.number(fields[1], 1_000_000);
      int channels = fields.length < 3 ? 1 : SdpParser.number(fields[2], 255);
      if (clockRate < 1 || channels < 1) {
        throw SdpException.malformed("An a=rtpmap is not “name/clock rate”.");
      }
      String fmtp = fmtps.getOrDefault(format, "");
      formats.add(
          new OfferedFormat(
              payloadType,
              fields[0].toLowerCase(Locale.ROOT),
              clockRate,
              channels,
              OfferReader.parameters(fmtp),
              fmtp,
              feedback(section, format)));
    }
    return formats;
  }

  private static Map<String, String> byPayloadType(MediaSection section, String name) {
    Map<String, String> values = new HashMap<>();
    section
        .values(name)
        .forEach(
            value -> {
              int space = value.indexOf(' ');
              if (space > 0) {
                values.putIfAbsent(value.substring(0, space), value.substring(space + 1).strip());
              }
            });
    return values;
  }

  private static List<String> feedback(MediaSection section, String format) {
    return section
        .values("rtcp-fb")
        .flatMap(
            value -> {
              int space = value.indexOf(' ');
              String to = space < 0 ? "" : value.substring(0, space);
              return to.equals(format) || to.equals("*")
                  ? Optional.of(value.substring(space + 1).strip()).stream()
                  : Optional.<String>empty().stream();
            })
        .distinct()
        .limit(16)
        .toList();
  }

  private static Map<String, Integer> extensions(MediaSection section, SessionDescription sdp) {
    Map<String, Integer> extensions = new HashMap<>();
    List<String> lines = new ArrayList<>(section.values("extmap").toList());
    lines.addAll(sdp.values("extmap").toList());
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      String id = fields[0];
      int slash = id.indexOf('/');
      int number = SdpParser.number(slash < 0 ? id : id.substring(0, slash), 14);
      if (fields.length >= 2 && number >= 1) { // 15 is reserved; above it needs two-byte headers.
        extensions.putIfAbsent(fields[1], number);
      }
    }
    return extensions;
  }

  private static List<Integer> ssrcs(MediaSection section) {
    Set<Integer> repairing = new HashSet<>();
    section
        .values("ssrc-group")
        .forEach(
            value -> {
              String[] fields = value.split(" ");
              if (fields[0].equals("FID") || fields[0].equals("FEC-FR")) {
                for (int i = 2; i < fields.length; i++) {
                  ssrc(fields[i]).ifPresent(repairing::add);
                }
              }
            });
    return section
        .values("ssrc")
        .flatMap(value -> ssrc(value.split(" ", 2)[0]).stream())
        .filter(ssrc -> !repairing.contains(ssrc))
        .distinct()
        .limit(MAX_SSRCS)
        .toList();
  }

  private static Optional<Integer> ssrc(String text) {
    try {
      return Optional.of(Integer.parseUnsignedInt(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
