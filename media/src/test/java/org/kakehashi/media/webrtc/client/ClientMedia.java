package org.kakehashi.media.webrtc.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.webrtc.sdp.Direction;

/**
 * A media line of a client's offer.
 *
 * @param audio sound rather than picture
 * @param direction the client's
 * @param ssrc what the client sends with; 0 to announce none
 * @param lines what describes the formats: {@code rtpmap}, {@code fmtp}, {@code rtcp-fb}…
 * @param payloadTypes in order of preference
 */
public record ClientMedia(
    boolean audio, Direction direction, int ssrc, List<String> lines, List<Integer> payloadTypes) {
  public static final int OPUS = 111;
  public static final int RED = 63;
  public static final int VP8 = 96;
  public static final int H264 = 108;
  public static final int RID_ID = 5;
  public static final int NUMBER_ID = 6;

  /** Receives sound. */
  public static ClientMedia hears() {
    return audio(Direction.RECVONLY, 0);
  }

  /** Sends sound. */
  public static ClientMedia speaks(int ssrc) {
    return audio(Direction.SENDONLY, ssrc);
  }

  /** Receives pictures. */
  public static ClientMedia watches() {
    return video(Direction.RECVONLY, 0);
  }

  /** Sends pictures. */
  public static ClientMedia shows(int ssrc) {
    return video(Direction.SENDONLY, ssrc);
  }

  /** Sends a picture in several layers, told apart by their names in the packets. */
  public static ClientMedia showsLayers(String... rids) {
    return video(Direction.SENDONLY, 0)
        .with("extmap:" + RID_ID + " urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id")
        .with(Arrays.stream(rids).map(rid -> "rid:" + rid + " send").toArray(String[]::new))
        .with("simulcast:send " + String.join(";", rids));
  }

  /** Says of every packet of these lines when it arrived. */
  public ClientMedia reportingArrivals() {
    return with(
        "extmap:" + NUMBER_ID + " " + HeaderExtensions.TRANSPORT_SEQUENCE_URI,
        "rtcp-fb:" + (audio ? OPUS : H264) + " transport-cc");
  }

  private ClientMedia with(String... more) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(List.of(more));
    return new ClientMedia(audio, direction, ssrc, all, payloadTypes);
  }

  public static ClientMedia audio(Direction direction, int ssrc) {
    return new ClientMedia(
        true,
        direction,
        ssrc,
        List.of(
            "extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            "extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
            "rtpmap:111 opus/48000/2",
            "rtcp-fb:111 transport-cc",
            "rtcp-fb:111 nack",
            "fmtp:111 minptime=10;useinbandfec=1",
            "rtpmap:63 red/48000/2",
            "fmtp:63 111/111"),
        List.of(OPUS, RED));
  }

  public static ClientMedia video(Direction direction, int ssrc) {
    return new ClientMedia(
        false,
        direction,
        ssrc,
        List.of(
            "extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
            "rtpmap:96 VP8/90000",
            "rtcp-fb:96 nack",
            "rtcp-fb:96 nack pli",
            "rtcp-fb:96 ccm fir",
            "rtpmap:108 H264/90000",
            "rtcp-fb:108 nack",
            "rtcp-fb:108 nack pli",
            "fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
        List.of(VP8, H264));
  }
}
