package org.kakehashi.media.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

/** Whatever stands in a sequence parameter set, a size that is read can be a picture's. */
class SequenceParameterSetFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    read(bytes);
  }

  static void read(byte[] bytes) {
    SequenceParameterSet.read(Unpooled.wrappedBuffer(bytes))
        .ifPresent(
            set -> {
              if (set.width() <= 0
                  || set.height() <= 0
                  || set.width() > 16_384
                  || set.height() > 16_384
                  || !set.codecs().matches("avc1\\.[0-9a-f]{6}")) {
                throw new AssertionError(set);
              }
            });
  }
}
