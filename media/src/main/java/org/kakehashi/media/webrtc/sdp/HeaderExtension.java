package org.kakehashi.media.webrtc.sdp;

/** The RTP header extensions in use, by URI. */
public final class HeaderExtension {
  /** Audio level of a packet (RFC 6464). */
  public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  /** Which media line a packet belongs to (RFC 9143 §15). */
  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** A sequence number across all streams (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
  public static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** When a packet was sent, 24 bits of NTP time. */
  public static final String ABS_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  private HeaderExtension() {}
}
