package org.kakehashi.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;
import org.kakehashi.media.rtp.RtcpPacket.Unknown;

/** Whatever the bytes, a compound is read to its end; and what was read can be written and read. */
class RtcpFuzzTest {
  @FuzzTest
  void compound(byte[] data) {
    check(data);
  }

  @Test
  void anyBytes() {
    Random random = new Random(2);
    int[] types = {200, 201, 202, 203, 205, 205, 206, 206, 207};
    for (int i = 0; i < 40_000; i++) {
      byte[] data = new byte[random.nextInt(24) * 4 + (i % 16 == 0 ? random.nextInt(4) : 0)];
      random.nextBytes(data);
      if (data.length >= 4) {
        int[] formats = {1, 4, 15, random.nextInt(32)};
        data[0] = (byte) (0x80 | (i % 5 == 0 ? 0x20 : 0) | formats[random.nextInt(4)]);
        data[1] = (byte) types[random.nextInt(types.length)];
        data[2] = 0;
        data[3] = (byte) (random.nextInt(4) == 0 ? random.nextInt(8) : data.length / 4 - 1);
      }
      if (data.length > 24 && random.nextBoolean()) {
        data[14] = 0; // Feedback on few packets.
        data[20] = 0;
        data[21] = 9;
      }
      check(data);
    }
  }

  private static void check(byte[] data) {
    ByteBuf datagram = Unpooled.wrappedBuffer(data);
    RtcpReader.Compound compound = RtcpReader.read(datagram);
    if (data.length > 0 && compound.packets().isEmpty() && compound.malformed() == 0) {
      throw new AssertionError("neither read nor counted");
    }
    if (datagram.readerIndex() != 0 || datagram.refCnt() != 1) {
      throw new AssertionError("the buffer was not left as it was");
    }
    for (RtcpPacket packet : compound.packets()) {
      // Text that is not UTF-8 grows when it is written; a chunk may have had two names.
      if (packet instanceof Unknown
          || packet instanceof Bye
          || packet instanceof SourceDescription) {
        continue;
      }
      ByteBuf out = Unpooled.buffer();
      RtcpWriter.write(out, packet);
      RtcpReader.Compound again = RtcpReader.read(out);
      if (again.malformed() != 0 || !again.packets().get(0).equals(packet)) {
        throw new AssertionError(packet + " became " + again);
      }
    }
  }
}
