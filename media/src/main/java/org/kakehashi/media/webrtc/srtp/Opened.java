package org.kakehashi.media.webrtc.srtp;

/** What came of opening a protected packet. Only after {@link #PLAIN} is there anything to read. */
public enum Opened {
  /** It is authentic and lies in plain text. */
  PLAIN,
  /** Its authentication tag is wrong, or there are more senders than are kept. */
  FORGED,
  /** It came before, or is too old to tell. */
  REPLAYED,
  /** Too short, or its header runs past its end. */
  MALFORMED
}
