package org.kakehashi.media.webrtc.client;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.sdp.IceCredentials;

/** Writes offers in the shape browsers give them. */
public final class ClientOffer {
  private ClientOffer() {}

  /**
   * @param setup {@code actpass}, {@code active} or {@code passive}
   */
  public static String write(
      List<ClientMedia> media, IceCredentials credentials, Fingerprint fingerprint, String setup) {
    StringBuilder sdp = new StringBuilder();
    line(sdp, "v=0");
    line(sdp, "o=- 4611731400430051336 2 IN IP4 127.0.0.1");
    line(sdp, "s=-");
    line(sdp, "t=0 0");
    line(
        sdp,
        "a=group:BUNDLE "
            + IntStream.range(0, media.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" ")));
    for (int i = 0; i < media.size(); i++) {
      ClientMedia each = media.get(i);
      line(
          sdp,
          "m="
              + (each.audio() ? "audio" : "video")
              + " 9 UDP/TLS/RTP/SAVPF "
              + each.payloadTypes().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      line(sdp, "c=IN IP4 0.0.0.0");
      line(sdp, "a=mid:" + i);
      line(sdp, "a=" + each.direction().attribute());
      line(sdp, "a=rtcp-mux");
      line(sdp, "a=ice-ufrag:" + credentials.ufrag());
      line(sdp, "a=ice-pwd:" + credentials.password());
      line(sdp, "a=fingerprint:" + fingerprint.attribute());
      line(sdp, "a=setup:" + setup);
      each.lines().forEach(text -> line(sdp, "a=" + text));
      if (each.ssrc() != 0) {
        line(sdp, "a=ssrc:" + Integer.toUnsignedString(each.ssrc()) + " cname:client");
      }
    }
    return sdp.toString();
  }

  private static void line(StringBuilder sdp, String text) {
    sdp.append(text).append("\r\n");
  }
}
