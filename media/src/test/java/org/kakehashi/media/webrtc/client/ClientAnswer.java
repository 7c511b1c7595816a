package org.kakehashi.media.webrtc.client;

import java.net.InetSocketAddress;
import java.util.List;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.sdp.IceCredentials;
import org.kakehashi.media.webrtc.sdp.MediaSection;
import org.kakehashi.media.webrtc.sdp.SdpParser;
import org.kakehashi.media.webrtc.sdp.SessionDescription;

/**
 * What a client needs of an answer.
 *
 * @param ssrcs by media line, what the server sends with; 0 where it does not
 */
public record ClientAnswer(
    IceCredentials credentials,
    Fingerprint fingerprint,
    DtlsRole ourRole,
    InetSocketAddress udp,
    InetSocketAddress tcp,
    List<Integer> ports,
    List<Integer> ssrcs) {

  public static ClientAnswer read(String text) {
    SessionDescription sdp = SdpParser.parse(text, 64 * 1024);
    MediaSection main =
        sdp.media().stream().filter(m -> m.has("candidate")).findFirst().orElseThrow();
    InetSocketAddress none = InetSocketAddress.createUnresolved("none", 0);
    return new ClientAnswer(
        new IceCredentials(
            main.value("ice-ufrag").orElseThrow(), main.value("ice-pwd").orElseThrow()),
        Fingerprint.parse(main.value("fingerprint").orElseThrow()).orElseThrow(),
        main.value("setup").orElseThrow().equals("passive") ? DtlsRole.ACTIVE : DtlsRole.PASSIVE,
        candidate(main, "udp").orElse(none),
        candidate(main, "tcp").orElse(none),
        sdp.media().stream().map(MediaSection::port).toList(),
        sdp.media().stream()
            .map(m -> m.value("ssrc").map(v -> Integer.parseUnsignedInt(v.split(" ")[0])).orElse(0))
            .toList());
  }

  private static java.util.Optional<InetSocketAddress> candidate(MediaSection m, String protocol) {
    return m.values("candidate")
        .map(value -> value.split(" "))
        .filter(fields -> fields[2].equals(protocol))
        .map(fields -> new InetSocketAddress(fields[4], Integer.parseInt(fields[5])))
        .findFirst();
  }
}
