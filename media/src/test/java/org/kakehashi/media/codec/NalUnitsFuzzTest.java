package org.kakehashi.media.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Whatever a file carries as H.264 is read without a word, and never beyond its end. */
class NalUnitsFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    read(bytes);
  }

  static void read(byte[] bytes) {
    ByteBuf data = Unpooled.wrappedBuffer(bytes);
    check(NalUnits.ofAnnexB(data), bytes.length);
    for (int size = 1; size <= 4; size++) {
      check(NalUnits.ofLengths(data, size), bytes.length);
    }
    AvcConfiguration configuration = AvcConfiguration.parse(bytes);
    check(configuration.parameterSets(), bytes.length);
    check(configuration.nalUnits(data), bytes.length);
  }

  private static void check(List<ByteBuf> units, int atMost) {
    int total = 0;
    for (ByteBuf unit : units) {
      if (!unit.isReadable()) {
        throw new AssertionError("an empty unit");
      }
      total += unit.readableBytes();
    }
    if (total > atMost) {
      throw new AssertionError("more units than bytes");
    }
  }
}
