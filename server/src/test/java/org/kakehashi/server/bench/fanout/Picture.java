package org.kakehashi.server.bench.fanout;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** A VP8 picture of 1.5 Mbit/s at 25 a second, as packets; called every 20 ms. One thread. */
final class Picture {
  private static final int PACKETS = 7;
  private static final int SIZE = 1_070;
  private static final int KEY_EVERY = 100;

  private final int payloadType;
  private int half;
  private int frame;
  private int number;

  Picture(int payloadType) {
    this.payloadType = payloadType;
  }

  /** Gives out the packets of a picture at every second call. */
  void next(Consumer<ByteBuf> out) {
    if (half++ % 2 == 1) {
      return;
    }
    boolean key = frame % KEY_EVERY == 0;
    for (int i = 0; i < PACKETS; i++) {
      out.accept(
          StampedPackets.picture(
              payloadType, number++, frame * 3_600, 1, i == 0, key, i == PACKETS - 1, SIZE));
    }
    frame++;
  }
}
