package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;

/** What an Opus packet's first bytes say of it (RFC 6716 section 3.1). Thread: any; pure. */
final class OpusFrames {
  private static final int TICKS_PER_2_5_MS = 120;

  private OpusFrames() {}

  /** How long the packet lasts, in ticks of 1/48000 s; 0 if it is malformed. */
  static int ticks(ByteBuf packet) {
    if (!packet.isReadable()) {
      return 0;
    }
    int toc = packet.getUnsignedByte(packet.readerIndex());
    int frames =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default ->
              packet.readableBytes() < 2 ? 0 : packet.getByte(packet.readerIndex() + 1) & 0x3F;
        };
    return frames * frameTicks(toc >> 3);
  }

  private static int frameTicks(int configuration) {
    if (configuration < 12) { // SILK: 10, 20, 40, 60 ms
      int step = configuration & 3;
      return step == 3 ? 24 * TICKS_PER_2_5_MS : (4 << step) * TICKS_PER_2_5_MS;
    }
    if (configuration < 16) { // hybrid: 10, 20 ms
      return (4 << (configuration & 1)) * TICKS_PER_2_5_MS;
    }
    return (1 << (configuration & 3)) * TICKS_PER_2_5_MS; // CELT: 2.5, 5, 10, 20 ms
  }
}
