package org.kakehashi.media.audio;

/**
 * How to encode: 48 kHz, full band, variable bit rate, no discontinuous transmission.
 *
 * @param channels 1 or 2
 * @param application what to favour
 * @param bitrate in bit/s, 6,000 to 510,000 (RFC 6716 section 2.1.1)
 * @param complexity 0 least work to 10 best sound
 * @param fec whether packets carry a coarse copy of the one before them (RFC 6716 section 2.1.7)
 * @param lossPercent the loss to prepare for, 0 to 100; in-band FEC wants more than 0
 */
public record OpusSettings(
    int channels,
    Application application,
    int bitrate,
    int complexity,
    boolean fec,
    int lossPercent) {

  /** What an encoder favours. */
  public enum Application {
    /** Intelligible speech; lets in-band FEC work at any bit rate. */
    VOIP(2048),
    /** Faithful music and speech. */
    AUDIO(2049);

    private final int code;

    Application(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** Refuses what libopus would refuse. */
  public OpusSettings {
    require(channels == 1 || channels == 2, "channels: 1 or 2", channels);
    require(bitrate >= 6_000 && bitrate <= 510_000, "bitrate: 6000 to 510000 bit/s", bitrate);
    require(complexity >= 0 && complexity <= 10, "complexity: 0 to 10", complexity);
    require(lossPercent >= 0 && lossPercent <= 100, "lossPercent: 0 to 100", lossPercent);
  }

  /** One voice or several, mono, 64 kbit/s, protected against loss on the way to listeners. */
  public static OpusSettings speech() {
    return new OpusSettings(1, Application.VOIP, 64_000, 9, true, 5);
  }

  /** Stereo music and speech at 128 kbit/s, without FEC. */
  public static OpusSettings music() {
    return new OpusSettings(2, Application.AUDIO, 128_000, 9, false, 0);
  }

  /** The same with another bit rate in bit/s. */
  public OpusSettings withBitrate(int bitsPerSecond) {
    return new OpusSettings(channels, application, bitsPerSecond, complexity, fec, lossPercent);
  }

  /** The same with another complexity, 0 to 10. */
  public OpusSettings withComplexity(int effort) {
    return new OpusSettings(channels, application, bitrate, effort, fec, lossPercent);
  }

  private static void require(boolean ok, String rule, int value) {
    if (!ok) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }
}
