package org.kakehashi.media.webrtc.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, nothing without the key passes for a packet. */
class SrtpReceiverFuzzTest {
  @FuzzTest
  void garbageIsNeverPlain(byte[] data) {
    PacketBuffer view = new PacketBuffer();
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpReceiver receiver = new SrtpReceiver(SrtpTest.keys(profile));
      if (SrtpTest.open(receiver, data, view) == Opened.PLAIN) {
        throw new AssertionError("garbage passed for RTP");
      }
      view.view(Unpooled.copiedBuffer(data));
      if (receiver.openRtcp(view) == Opened.PLAIN) {
        throw new AssertionError("garbage passed for RTCP");
      }
    }
  }

  @Test
  void randomPackets() {
    Random random = new Random(13);
    for (int i = 0; i < 2_000; i++) {
      byte[] data = new byte[random.nextInt(120)];
      random.nextBytes(data);
      if (data.length > 0) {
        data[0] = (byte) (0x80 | data[0] & 0x3F);
      }
      garbageIsNeverPlain(data);
    }
  }
}
