package org.kakehashi.media.channel;

/** What the payloads of a {@link Source} contain. */
public enum Codec {
  /** Opus, RFC 6716; RTP clock 48 kHz (RFC 7587). */
  OPUS(48_000, true),
  /** H.264, RFC 6184 packetization mode 1. */
  H264(90_000, false),
  /** VP8, RFC 7741. */
  VP8(90_000, false);

  private final int clockRate;
  private final boolean audio;

  Codec(int clockRate, boolean audio) {
    this.clockRate = clockRate;
    this.audio = audio;
  }

  /** The RTP clock rate in Hz. */
  public int clockRate() {
    return clockRate;
  }

  /** Whether this is sound rather than picture. */
  public boolean isAudio() {
    return audio;
  }
}
