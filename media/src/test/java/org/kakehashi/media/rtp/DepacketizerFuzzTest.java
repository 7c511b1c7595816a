package org.kakehashi.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.kakehashi.media.channel.Codec;

/** Whatever payloads come, a frame that is said to be whole can be read. */
class DepacketizerFuzzTest {
  @FuzzTest
  void h264(byte[] data) {
    check(Depacketizer.of(Codec.H264), data);
  }

  @FuzzTest
  void vp8(byte[] data) {
    check(Depacketizer.of(Codec.VP8), data);
  }

  /** Takes the bytes apart into payloads, each after a byte of length; 255 begins a frame. */
  static void check(Depacketizer depacketizer, byte[] data) {
    int at = 0;
    while (at < data.length) {
      int length = Math.min(data[at] & 0xFF, data.length - at - 1);
      if ((data[at] & 0xFF) == 0xFF) {
        depacketizer.clear();
      }
      depacketizer.add(Unpooled.wrappedBuffer(data, at + 1, length));
      at += 1 + length;
      if (depacketizer.isWhole() && depacketizer instanceof H264Depacketizer) {
        read(depacketizer.frame());
      }
    }
  }

  private static void read(ByteBuf frame) {
    int at = frame.readerIndex();
    while (at < frame.writerIndex()) {
      int length = frame.getInt(at);
      if (length <= 0 || length > frame.writerIndex() - at - 4) {
        throw new AssertionError("a unit of " + length);
      }
      at += 4 + length;
    }
  }
}
