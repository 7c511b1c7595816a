package org.kakehashi.media.ingest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

/** Whatever a file carries as Opus has a length that an Opus packet can have. */
class OpusFramesFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    int ticks = OpusFrames.ticks(Unpooled.wrappedBuffer(bytes));
    if (ticks < 0 || ticks > 63 * 2_880) {
      throw new AssertionError("an Opus packet of " + ticks + " ticks");
    }
  }
}
