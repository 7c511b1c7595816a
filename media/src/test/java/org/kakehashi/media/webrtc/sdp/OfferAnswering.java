package org.kakehashi.media.webrtc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.channel.Codec;

/** Answers offers the way a port does, without a port. */
final class OfferAnswering {
  static final List<String> OFFERS =
      List.of(
          "chromium-publish",
          "chromium-listen",
          "firefox-publish",
          "firefox-listen",
          "ffmpeg-publish");

  static final MediaLimits PUBLISHER = new MediaLimits(1, 1, 0, 0, List.of(Codec.H264, Codec.VP8));
  static final MediaLimits LISTENER = new MediaLimits(0, 0, 2, 6, List.of(Codec.H264, Codec.VP8));

  private OfferAnswering() {}

  /** An offer a real client made. */
  static String offer(String name) {
    try (InputStream in = OfferAnswering.class.getResourceAsStream("offers/" + name + ".sdp")) {
      if (in == null) {
        throw new IllegalStateException("no such offer: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String answer(String offerText, MediaLimits limits) {
    Offer offer = OfferReader.read(offerText, 64 * 1024);
    List<AgreedMedia> agreed = Negotiation.agree(offer, limits);
    Map<Integer, SenderName> senders = new HashMap<>();
    for (AgreedMedia media : agreed) {
      if (media.send()) {
        int index = media.offered().index();
        senders.put(index, new SenderName(index + 1, "cname", "stream", "track-" + index));
      }
    }
    LocalTransport local =
        new LocalTransport(
            new IceCredentials("abcdefgh", "p".repeat(24)),
            Fingerprint.of("sha-256", new byte[32]),
            offer.role(),
            Candidate.of(List.of(InetAddress.getLoopbackAddress()), 10_000, 443));
    return AnswerWriter.answer(offer, 1, agreed, local, senders);
  }

  /** Either both directions end in an {@link SdpException}, or an answer is well formed. */
  static void check(String offer) {
    for (MediaLimits limits : List.of(PUBLISHER, LISTENER)) {
      try {
        SessionDescription answer = SdpParser.parse(answer(offer, limits), 256 * 1024);
        if (answer.media().size() != SdpParser.parse(offer, 64 * 1024).media().size()) {
          throw new AssertionError("an answer has as many media lines as its offer");
        }
      } catch (SdpException refused) {
        if (refused.getMessage() == null || refused.getMessage().isBlank()) {
          throw new AssertionError("a refusal says why", refused);
        }
      }
    }
  }
}
