package org.kakehashi.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, looking into a payload neither throws nor looks outside. */
class PayloadFuzzTest {
  @FuzzTest
  void red(byte[] data) {
    RedPayload red = new RedPayload();
    if (!red.read(Unpooled.wrappedBuffer(data))) {
      return;
    }
    for (int i = 0; i < red.blocks(); i++) {
      if (red.length(i) < 0 || red.start(i) < 1 || red.start(i) + red.length(i) > data.length) {
        throw new AssertionError("block " + i + " outside the payload");
      }
    }
  }

  @FuzzTest
  void vp8(byte[] data) {
    ByteBuf payload = Unpooled.wrappedBuffer(data);
    int length = Vp8Payload.descriptorLength(payload);
    if (length > 6 || length > data.length || length == 0) {
      throw new AssertionError("a descriptor of " + length + " bytes");
    }
    if (Vp8Payload.startsKeyFrame(payload) && length < 0) {
      throw new AssertionError("a key frame without a descriptor");
    }
  }

  @FuzzTest
  void h264(byte[] data) {
    ByteBuf payload = Unpooled.wrappedBuffer(data);
    if (H264Payload.startsKeyFrame(payload) && data.length < 2) {
      throw new AssertionError("a key frame in " + data.length + " bytes");
    }
  }

  @FuzzTest
  void opus(byte[] data) {
    ByteBuf packet = Unpooled.wrappedBuffer(data);
    int samples = OpusToc.samples(packet);
    if (samples != OpusToc.read(packet).map(OpusToc::samples).orElse(-1)) {
      throw new AssertionError("two opinions on the duration");
    }
    if (samples != -1 && (samples < 120 || samples > OpusToc.MAX_SAMPLES)) {
      throw new AssertionError("a duration of " + samples);
    }
  }

  @Test
  void anyBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 40_000; i++) {
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      red(data);
      vp8(data);
      opus(data);
      h264(data);
      if (data.length > 2) {
        data[0] = (byte) (i % 2 == 0 ? 0x78 : 0x7C);
        data[1] = (byte) (i % 2 == 0 ? 0 : data[1]);
        data[2] &= 7;
        h264(data);
      }
    }
  }
}
