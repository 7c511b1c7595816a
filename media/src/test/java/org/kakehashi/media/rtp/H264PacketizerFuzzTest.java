package org.kakehashi.media.rtp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Whatever the NAL units, a receiver gets the same ones back. */
class H264PacketizerFuzzTest {
  @FuzzTest
  void comesBackTheSame(FuzzedDataProvider data) {
    int maxPayload = data.consumeInt(16, 1_400);
    List<byte[]> units = new ArrayList<>();
    while (data.remainingBytes() > 0 && units.size() < 32) {
      byte[] unit = data.consumeBytes(data.consumeInt(1, 6_000));
      if (unit.length > 0) {
        unit[0] = (byte) (unit[0] & 0x60 | 1 + Math.floorMod(unit[0], 23));
        units.add(unit);
      }
    }
    H264PacketizerTest.RoundTrip.assertSame(units, maxPayload);
  }
}
