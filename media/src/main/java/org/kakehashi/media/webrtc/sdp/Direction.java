package org.kakehashi.media.webrtc.sdp;

import java.util.Locale;

/** Which way media flows on a line, seen from whoever wrote the line (RFC 8866 §6.7). */
public enum Direction {
  SENDRECV(true, true),
  SENDONLY(true, false),
  RECVONLY(false, true),
  INACTIVE(false, false);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  /** Whether the writer of the line sends. */
  public boolean sends() {
    return sends;
  }

  /** Whether the writer of the line receives. */
  public boolean receives() {
    return receives;
  }

  /** The direction with these properties. */
  public static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** As it stands in SDP. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
