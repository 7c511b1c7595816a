package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kakehashi.media.webrtc.sdp.SdpException.Fault;

/**
 * Understands an offer's transport: one bundle (RFC 9143), RTCP on the same port (RFC 5761), ICE
 * and a certificate fingerprint.
 */
public final class OfferReader {
  private OfferReader() {}

  /**
   * Reads an offer.
   *
   * @param maxChars the longest text that is read
   * @throws SdpException if it cannot be answered, saying why
   */
  public static Offer read(String text, int maxChars) {
    SessionDescription sdp = SdpParser.parse(text, maxChars);
    if (sdp.media().isEmpty()) {
      throw new SdpException(Fault.NOTHING_IN_COMMON, "The offer has no media line.");
    }
    if (sdp.values("ice-lite").findAny().isPresent()) {
      throw new SdpException(
          Fault.NO_ICE, "The offer is ICE-lite, and so is this server: nobody would check.");
    }
    Set<String> bundle = bundle(sdp);
    Set<String> mids = new HashSet<>();
    List<OfferedMedia> media = new ArrayList<>();
    for (MediaSection section : sdp.media()) {
      OfferedMedia line = MediaReader.read(media.size(), section, sdp, bundle);
      if (!line.mid().isEmpty() && !mids.add(line.mid())) {
        throw SdpException.malformed("Two media lines have the same a=mid.");
      }
      media.add(line);
    }
    MediaSection transport = transport(sdp, media);
    return new Offer(
        credentials(sdp, transport), fingerprints(sdp, transport), role(sdp, transport), media);
  }

  private static Set<String> bundle(SessionDescription sdp) {
    Optional<String> group =
        sdp.values("group")
            .filter(value -> value.equals("BUNDLE") || value.startsWith("BUNDLE "))
            .findFirst();
    if (group.isEmpty() && sdp.media().size() > 1) {
      throw new SdpException(
          Fault.NO_BUNDLE, "The offer has no a=group:BUNDLE: bundle all media on one transport.");
    }
    Set<String> mids = new LinkedHashSet<>();
    group.ifPresent(value -> mids.addAll(Arrays.asList(value.split(" ")).subList(1, words(value))));
    return mids;
  }

  private static int words(String value) {
    return value.split(" ").length;
  }

  /** The line whose transport attributes count for all: the first that is usable. */
  private static MediaSection transport(SessionDescription sdp, List<OfferedMedia> media) {
    boolean muxed = true;
    for (OfferedMedia line : media) {
      MediaSection section = sdp.media().get(line.index());
      if (line.usable()) {
        muxed &= section.has("rtcp-mux");
      }
    }
    if (!muxed) {
      throw new SdpException(
          Fault.NO_RTCP_MUX, "A media line has no a=rtcp-mux: send RTP and RTCP on one port.");
    }
    return media.stream()
        .filter(OfferedMedia::usable)
        .findFirst()
        .map(line -> sdp.media().get(line.index()))
        .orElseThrow(
            () ->
                new SdpException(
                    Fault.NOTHING_IN_COMMON,
                    "The offer has no audio or video line over UDP/TLS/RTP/SAVPF in the bundle."));
  }

  private static IceCredentials credentials(SessionDescription sdp, MediaSection section) {
    IceCredentials credentials =
        new IceCredentials(
            sdp.value(section, "ice-ufrag").orElse(""), sdp.value(section, "ice-pwd").orElse(""));
    if (!credentials.valid()) {
      throw new SdpException(
          Fault.NO_ICE, "The offer has no valid a=ice-ufrag and a=ice-pwd (RFC 8839).");
    }
    return credentials;
  }

  private static List<Fingerprint> fingerprints(SessionDescription sdp, MediaSection section) {
    List<Fingerprint> fingerprints =
        (section.has("fingerprint") ? section.values("fingerprint") : sdp.values("fingerprint"))
            .flatMap(value -> Fingerprint.parse(value).stream())
            .limit(4)
            .toList();
    if (fingerprints.isEmpty()) {
      throw new SdpException(
          Fault.NO_FINGERPRINT, "The offer has no a=fingerprint of sha-256, sha-384 or sha-512.");
    }
    return fingerprints;
  }

  private static DtlsRole role(SessionDescription sdp, MediaSection section) {
    String setup = sdp.value(section, "setup").orElse("actpass");
    return switch (setup) {
      case "actpass", "active" -> DtlsRole.PASSIVE;
      case "passive" -> DtlsRole.ACTIVE;
      default ->
          throw new SdpException(
              Fault.DTLS_ROLE, "The offer's a=setup is none of actpass, active and passive.");
    };
  }

  /** Splits {@code a=b;c=d} into a map with lower-case names; bounded by the line's length. */
  static Map<String, String> parameters(String fmtp) {
    Map<String, String> parameters = new java.util.HashMap<>();
    for (String part : fmtp.split(";")) {
      String trimmed = part.strip();
      int equals = trimmed.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            trimmed.substring(0, equals).toLowerCase(java.util.Locale.ROOT),
            trimmed.substring(equals + 1));
      }
    }
    return parameters;
  }
}
