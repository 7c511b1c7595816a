package org.kakehashi.media.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.webrtc.sdp.SdpException.Fault;

class NegotiationTest {
  private static final int MAX = 64 * 1024;

  private static List<AgreedMedia> agree(String name, MediaLimits limits) {
    return Negotiation.agree(OfferReader.read(OfferAnswering.offer(name), MAX), limits);
  }

  @ParameterizedTest
  @CsvSource({"chromium-publish,H264", "firefox-publish,VP8", "ffmpeg-publish,H264"})
  void aPublishersPictureHasOneCodec(String name, Codec codec) {
    List<AgreedMedia> agreed = agree(name, OfferAnswering.PUBLISHER);
    assertThat(agreed).hasSize(2).allMatch(AgreedMedia::receive).noneMatch(AgreedMedia::send);
    AgreedMedia picture =
        agreed.stream().filter(m -> !m.offered().isAudio()).findFirst().orElseThrow();
    assertThat(picture.formats()).extracting(AgreedFormat::codec).containsExactly(codec);
  }

  @Test
  void soundAloneWillDo() {
    List<AgreedMedia> agreed = agree("gstreamer-publish", OfferAnswering.PUBLISHER);
    assertThat(agreed).hasSize(1).allMatch(AgreedMedia::receive);
    assertThat(agreed.getFirst().formats())
        .extracting(AgreedFormat::codec)
        .containsExactly(Codec.OPUS);
  }

  @Test
  void prefersConstrainedBaselineInPacketizationModeOne() {
    AgreedFormat picture =
        agree("chromium-publish", OfferAnswering.PUBLISHER).get(1).formats().getFirst();
    assertThat(picture.fmtp()).contains("packetization-mode=1", "profile-level-id=42e01f");
    assertThat(picture.feedback())
        .containsExactlyInAnyOrder("nack", "nack pli", "ccm fir", "transport-cc");
  }

  @Test
  void asksForFullBandSpeechWithoutSilenceSuppressionAndAcceptsRed() {
    List<AgreedFormat> sound =
        agree("chromium-publish", OfferAnswering.PUBLISHER).getFirst().formats();
    assertThat(sound.getFirst().fmtp())
        .isEqualTo("minptime=10;useinbandfec=1;usedtx=0;stereo=0;maxaveragebitrate=64000");
    assertThat(sound).extracting(AgreedFormat::redundant).containsExactly(false, true);
  }

  @Test
  void aListenerMayBeSentEveryCodecItTakes() {
    List<AgreedMedia> agreed = agree("chromium-listen", OfferAnswering.LISTENER);
    assertThat(agreed).hasSize(2).allMatch(AgreedMedia::send).noneMatch(AgreedMedia::receive);
    assertThat(agreed.getLast().formats())
        .extracting(AgreedFormat::codec)
        .containsExactly(Codec.H264, Codec.VP8);
  }

  @Test
  void numbersWhatAListenerWithPicturesIsSentAndNothingElse() {
    String number = HeaderExtensions.TRANSPORT_SEQUENCE_URI;
    assertThat(agree("chromium-listen", OfferAnswering.LISTENER))
        .allMatch(media -> media.extensions().keySet().equals(Set.of(number)))
        .allMatch(media -> media.formats().getFirst().feedback().contains("transport-cc"));
    MediaLimits soundOnly = new MediaLimits(0, 0, 2, 0, List.of());
    assertThat(agree("chromium-listen", soundOnly))
        .allMatch(media -> media.extensions().isEmpty())
        .noneMatch(media -> media.formats().getFirst().feedback().contains("transport-cc"));
  }

  @Test
  void acceptsTheLayersThatCanBeToldApart() {
    String offer =
        layered("a=rid:l send", "a=rid:m send", "a=rid:h send", "a=simulcast:send l;m;h");
    String answer = OfferAnswering.answer(offer, OfferAnswering.PUBLISHER);
    assertThat(answer)
        .contains("a=rid:l recv\r\na=rid:m recv\r\na=rid:h recv\r\na=simulcast:recv l;m;h\r\n")
        .contains(HeaderExtensions.RID_URI);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "send l;m;h|l m h",
        "send h;~m;l|h m l",
        "send h,x;l,m|h l",
        "recv 1;2 send l;h|l h",
        "send l;l;h|l h",
        "send l|none",
        "send l;unknown|none",
        "recv l;m;h|none",
        "send|none",
        "send ;;|none",
      })
  void readsLayers(String simulcast, @Nullable String rids) {
    String offer =
        layered("a=rid:l send", "a=rid:m send", "a=rid:h send", "a=simulcast:" + simulcast);
    assertThat(agreedLayers(offer)).isEqualTo(rids == null ? List.of() : List.of(rids.split(" ")));
  }

  @Test
  void withoutTheirNamesInThePacketsLayersAreNotAccepted() {
    String offer =
        layered("a=rid:l send", "a=rid:h send", "a=simulcast:send l;h")
            .replace(HeaderExtensions.RID_URI, "urn:other");
    assertThat(agreedLayers(offer)).isEmpty();
  }

  private static List<String> agreedLayers(String offer) {
    return Negotiation.agree(OfferReader.read(offer, MAX), OfferAnswering.PUBLISHER).stream()
        .filter(media -> !media.offered().isAudio())
        .findFirst()
        .orElseThrow()
        .rids();
  }

  /** Chromium's offer with these lines at its end, where the picture's are. */
  private static String layered(String... lines) {
    return OfferAnswering.offer("chromium-publish")
        + "a=extmap:11 "
        + HeaderExtensions.RID_URI
        + "\r\n"
        + String.join("\r\n", lines)
        + "\r\n";
  }

  @Test
  void refusesWhatIsBeyondTheLimitsWithPortZero() {
    String answer =
        OfferAnswering.answer(
            OfferAnswering.offer("chromium-listen"),
            new MediaLimits(0, 0, 1, 0, List.of(Codec.VP8)));
    SessionDescription read = SdpParser.parse(answer, MAX);
    assertThat(read.media()).extracting(MediaSection::port).containsExactly(10_000, 0);
    assertThat(read.values("group")).containsExactly("BUNDLE 0");
  }

  @Test
  void leavesTheDtlsRoleThatIsLeftToUs() {
    assertThat(OfferReader.read(OfferAnswering.offer("chromium-publish"), MAX).role())
        .isEqualTo(DtlsRole.PASSIVE);
    assertThat(OfferReader.read(OfferAnswering.offer("ffmpeg-publish"), MAX).role())
        .isEqualTo(DtlsRole.ACTIVE);
  }

  @Test
  void knowsWhichSendersOnlyRepairOthers() {
    Offer offer = OfferReader.read(OfferAnswering.offer("chromium-publish"), MAX);
    assertThat(offer.media().get(1).ssrcs()).hasSize(1);
  }

  @Test
  void udpCandidatesComeBeforeTcpOnes() {
    String answer =
        OfferAnswering.answer(OfferAnswering.offer("chromium-publish"), OfferAnswering.PUBLISHER);
    assertThat(answer.lines().filter(line -> line.startsWith("a=candidate:")))
        .containsExactly(
            "a=candidate:1 1 udp 2130706431 127.0.0.1 10000 typ host",
            "a=candidate:2 1 tcp 1520435199 127.0.0.1 443 typ host tcptype passive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=group:BUNDLE|a=group:LS|NO_BUNDLE",
        "a=rtcp-mux|a=rtcp-mix|NO_RTCP_MUX",
        "a=ice-ufrag:|a=ice-afrag:|NO_ICE",
        "a=fingerprint:sha-256|a=fingerprint:sha-1|NO_FINGERPRINT",
        "a=setup:actpass|a=setup:holdconn|DTLS_ROLE",
        "opus/48000/2|opus/16000/2|NOTHING_IN_COMMON",
        "v=0|v=1|MALFORMED",
        "t=0 0|t 0 0|MALFORMED",
        "a=mid:1|a=mid:0|MALFORMED",
        "m=audio 9|m=audio x|MALFORMED",
      })
  void saysWhatIsWrong(String from, String to, Fault fault) {
    String offer = OfferAnswering.offer("chromium-publish").replace(from, to);
    MediaLimits soundOnly = new MediaLimits(1, 0, 0, 0, List.of());
    assertThatThrownBy(() -> OfferAnswering.answer(offer, soundOnly))
        .isInstanceOfSatisfying(
            SdpException.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
  }

  @Test
  void readsNoMoreThanItSays() {
    String offer = OfferAnswering.offer("chromium-publish");
    assertThatThrownBy(() -> OfferReader.read(offer, offer.length() - 1))
        .isInstanceOfSatisfying(
            SdpException.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.TOO_LARGE));
    assertThatThrownBy(() -> OfferReader.read(offer + "a=x\r\n".repeat(4_000), 1 << 20))
        .isInstanceOf(SdpException.class);
  }
}
