package org.kakehashi.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a packet is refused with a reason or lies inside its buffer. */
class RtpPacketFuzzTest {
  private final RtpPacket view = new RtpPacket();

  @FuzzTest
  void header(byte[] data) {
    check(data);
  }

  @Test
  void anyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 40_000; i++) {
      byte[] data = new byte[random.nextInt(80)];
      random.nextBytes(data);
      if (data.length > 16 && i % 8 != 0) {
        data[0] = (byte) (0x80 | data[0] & 0x32); // Likelier to get past the header.
        int extension = 12 + 4 * (data[0] & 15);
        if (extension + 4 < data.length) {
          data[extension] = (byte) (i % 2 == 0 ? 0xBE : 0x10);
          data[extension + 1] = (byte) (i % 2 == 0 ? 0xDE : 0x00);
          data[extension + 2] = 0;
          data[extension + 3] &= 7;
        }
      }
      check(data);
    }
  }

  private void check(byte[] data) {
    ByteBuf packet = Unpooled.wrappedBuffer(data);
    if (view.read(packet) != Verdict.ACCEPTED) {
      return;
    }
    int end = view.payloadStart() + view.payloadLength();
    if (view.payloadLength() < 0 || view.payloadStart() < 12 || end > data.length) {
      throw new AssertionError("payload outside the packet");
    }
    for (int id = 0; id < 256; id++) {
      int at = view.findExtension(id);
      if (at >= 0 && (at < 16 || at + view.extensionLength() > view.payloadStart())) {
        throw new AssertionError("extension outside its block");
      }
      HeaderExtensions extensions = new HeaderExtensions(id, id, id, id, id);
      int level = extensions.audioLevel(view);
      if (level > 0 || level < -127 && level != Integer.MIN_VALUE) {
        throw new AssertionError("audio level " + level);
      }
      if (extensions.transportSequence(view) > 0xFFFF || extensions.absSendTime(view) >= 1 << 24) {
        throw new AssertionError("out of range");
      }
      extensions.mid(view);
    }
    view.retainedPayload().release();
    if (packet.refCnt() != 1 || packet.readerIndex() != 0) {
      throw new AssertionError("the buffer was not left as it was");
    }
  }
}
