package org.kakehashi.media.recording;

/** Recognises Opus packets that need not be decoded because they are silent. Stateless. */
final class DigitalSilence {
  /** How long such a packet lasts. */
  static final int SAMPLES = 960;

  private DigitalSilence() {}

  /**
   * Whether this is a 20 ms full-band CELT frame with its silence flag set (RFC 6716 sections 3.1
   * and 4.3): what {@code audio.Silence} sends.
   */
  static boolean is(byte[] packet, int length) {
    return length == 3
        && (packet[0] & 0xFB) == 0xF8
        && packet[1] == (byte) 0xFF
        && packet[2] == (byte) 0xFE;
  }
}
