package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kakehashi.media.channel.Codec;

/**
 * H.264 in packetization mode 1 (RFC 6184) and VP8 (RFC 7741): one of them where we receive, so
 * that the source's codec is fixed by the answer; all of them where we only send.
 */
final class VideoFormats {
  private VideoFormats() {}

  static List<AgreedFormat> agree(
      OfferedMedia line, boolean receive, boolean transportFeedback, MediaLimits limits) {
    List<AgreedFormat> agreed = new ArrayList<>();
    for (Codec codec : limits.video()) {
      if (receive && !agreed.isEmpty()) {
        break;
      }
      best(line, codec).ifPresent(format -> agreed.add(agreed(format, codec, transportFeedback)));
    }
    return agreed;
  }

  private static Optional<OfferedFormat> best(OfferedMedia line, Codec codec) {
    return switch (codec) {
      case H264 ->
          line.formats().stream()
              .filter(
                  f -> f.is("h264", 90_000) && f.parameter("packetization-mode", "0").equals("1"))
              .min(Comparator.comparingInt(f -> rank(f.parameter("profile-level-id", "42000a"))));
      case VP8 -> line.formats().stream().filter(f -> f.is("vp8", 90_000)).findFirst();
      case OPUS -> Optional.empty();
    };
  }

  /** Constrained baseline first: every browser decodes it, and it has no B-frames. */
  private static int rank(String profileLevelId) {
    String id = profileLevelId.toLowerCase(Locale.ROOT);
    if (id.startsWith("42e0") || id.startsWith("42c0")) {
      return 0;
    }
    return id.startsWith("42") ? 1 : id.startsWith("4d") ? 2 : 3;
  }

  private static AgreedFormat agreed(OfferedFormat format, Codec codec, boolean transportFeedback) {
    return new AgreedFormat(
        format.payloadType(),
        codec,
        false,
        codec == Codec.H264 ? "H264/90000" : "VP8/90000",
        codec == Codec.H264 ? h264(format) : "",
        Negotiation.feedback(format, codec, transportFeedback));
  }

  /** What both sides must agree on; not the offerer's own parameter sets. */
  private static String h264(OfferedFormat format) {
    return "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id="
        + profile(format.parameter("profile-level-id", "42e01f"));
  }

  private static String profile(String id) {
    boolean hex = id.length() == 6 && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    return hex ? id : "42e01f";
  }
}
