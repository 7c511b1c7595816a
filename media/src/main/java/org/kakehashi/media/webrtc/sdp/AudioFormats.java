package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.channel.Codec;

/** Opus (RFC 7587), and RED around it (RFC 2198) where we receive. */
final class AudioFormats {
  /** Full-band speech sounds right from here on, in bit/s; a sender's own default is lower. */
  private static final int LEAST_BITRATE = 64_000;

  private static final int STEREO_BITRATE = 128_000;
  private static final int MOST_BITRATE = 510_000;

  private AudioFormats() {}

  static List<AgreedFormat> agree(OfferedMedia line, boolean receive, boolean transportFeedback) {
    Optional<OfferedFormat> opus =
        line.formats().stream()
            .filter(format -> format.is("opus", 48_000) && format.channels() == 2)
            .findFirst();
    if (opus.isEmpty()) {
      return List.of();
    }
    List<AgreedFormat> agreed = new ArrayList<>();
    OfferedFormat format = opus.get();
    agreed.add(
        new AgreedFormat(
            format.payloadType(),
            Codec.OPUS,
            false,
            "opus/48000/2",
            receive ? receiving(format) : format.fmtp(),
            Negotiation.feedback(format, Codec.OPUS, transportFeedback)));
    if (receive) {
      line.formats().stream()
          .filter(red -> red.is("red", 48_000) && carriesOnly(red, format.payloadType()))
          .findFirst()
          .ifPresent(
              red ->
                  agreed.add(
                      new AgreedFormat(
                          red.payloadType(),
                          Codec.OPUS,
                          true,
                          "red/48000/2",
                          red.fmtp(),
                          Negotiation.feedback(red, Codec.OPUS, true))));
    }
    return agreed;
  }

  /** No silence suppression, so that a quiet channel still sounds; loss repaired in band. */
  private static String receiving(OfferedFormat format) {
    boolean stereo =
        format.parameter("stereo", "0").equals("1")
            || format.parameter("sprop-stereo", "0").equals("1");
    int offered = SdpParser.number(format.parameter("maxaveragebitrate", ""), MOST_BITRATE);
    int bitrate = Math.max(offered, stereo ? STEREO_BITRATE : LEAST_BITRATE);
    return "minptime=10;useinbandfec=1;usedtx=0;stereo="
        + (stereo ? 1 : 0)
        + ";maxaveragebitrate="
        + bitrate;
  }

  private static boolean carriesOnly(OfferedFormat red, int payloadType) {
    String[] carried = red.fmtp().split("/", -1);
    for (String each : carried) {
      if (SdpParser.number(each, 127) != payloadType) {
        return false;
      }
    }
    return carried.length <= 8;
  }
}
