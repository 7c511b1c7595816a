package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The table-of-contents byte of an Opus packet, and what follows from it: RFC 6716 §3.1, §3.2.
 *
 * <pre>
 *   | config (5) |s| c |     c: 0 one frame, 1 two of equal size, 2 two, 3 a count follows
 * </pre>
 *
 * @param config mode, bandwidth and frame size, 0 to 31 (RFC 6716 table 2)
 * @param stereo whether the packet holds two channels
 * @param frames how many frames the packet holds, 1 to 48
 * @param frameSamples duration of one frame in samples at 48 kHz: 120 (2.5 ms) to 2880 (60 ms)
 */
public record OpusToc(int config, boolean stereo, int frames, int frameSamples) {
  /** The longest packet: 120 ms at 48 kHz (RFC 6716 §3.2.5 R5). */
  public static final int MAX_SAMPLES = 5760;

  private static final int[] SILK = {480, 960, 1920, 2880};
  private static final int[] HYBRID = {480, 960};
  private static final int[] CELT = {120, 240, 480, 960};

  /** Reads the packet's table of contents; empty if the packet breaks rule R1, R2 or R5. */
  public static Optional<OpusToc> read(ByteBuf packet) {
    int frames = frames(packet);
    if (frames <= 0) {
      return Optional.empty();
    }
    int toc = packet.getUnsignedByte(packet.readerIndex());
    return Optional.of(new OpusToc(toc >> 3, (toc & 4) != 0, frames, frameSamples(toc >> 3)));
  }

  /** The packet's duration in samples at 48 kHz, or -1 as {@link #read} would be empty. */
  public static int samples(ByteBuf packet) {
    int frames = frames(packet);
    return frames <= 0
        ? -1
        : frames * frameSamples(packet.getUnsignedByte(packet.readerIndex()) >> 3);
  }

  /** The packet's duration in samples at 48 kHz. */
  public int samples() {
    return frames * frameSamples;
  }

  private static int frames(ByteBuf packet) {
    if (!packet.isReadable()) {
      return -1;
    }
    int toc = packet.getUnsignedByte(packet.readerIndex());
    int frames =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default ->
              packet.readableBytes() < 2 ? -1 : packet.getByte(packet.readerIndex() + 1) & 0x3F;
        };
    return frames * frameSamples(toc >> 3) > MAX_SAMPLES ? -1 : frames;
  }

  private static int frameSamples(int config) {
    if (config < 12) {
      return SILK[config & 3];
    }
    return config < 16 ? HYBRID[config & 1] : CELT[config & 3];
  }
}
