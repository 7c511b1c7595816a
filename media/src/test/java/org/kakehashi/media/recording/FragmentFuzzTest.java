package org.kakehashi.media.recording;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the disk gives back in place of a segment or an initialisation, it is told calmly. */
class FragmentFuzzTest {
  @FuzzTest
  void readsAnything(byte[] bytes) {
    InitReader.picture(Unpooled.wrappedBuffer(bytes));
    try {
      for (Sample sample : FragmentReader.samples(bytes)) {
        if (sample.data().length > bytes.length) {
          throw new AssertionError("a sample larger than its segment");
        }
      }
    } catch (IOException expected) {
      // That is the calm way.
    }
  }

  @Test
  void readsDamagedSegments() {
    byte[] segment;
    byte[] init;
    try (Fragmenter fragmenter = Fragmenter.h264(Slate.encode().format())) {
      init = fragmenter.init();
      for (int i = 0; i < 5; i++) {
        fragmenter.add(i * 1_920L, 1_920, i == 0, new byte[] {0, 0, 0, 1, (byte) i});
      }
      segment = fragmenter.cut();
    }
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = (i % 3 == 0 ? init : segment).clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      readsAnything(bytes);
    }
  }
}
