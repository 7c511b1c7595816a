package org.kakehashi.media.webrtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the offer: an answer that can be parsed, or a reason. */
class OfferReaderFuzzTest {
  @FuzzTest
  void answersOrSaysWhy(byte[] data) {
    OfferAnswering.check(new String(data, StandardCharsets.UTF_8));
  }

  @FuzzTest
  void readsFragmentsOrSaysWhy(byte[] data) {
    try {
      SessionDescription read =
          SdpParser.parseFragment(new String(data, StandardCharsets.UTF_8), 16 * 1024);
      if (read.media().size() > 32) {
        throw new AssertionError("more media than are read");
      }
    } catch (SdpException expected) {
      // It says why.
    }
  }

  @Test
  void damagedOffersAreAnsweredOrRefused() {
    Random random = new Random(7);
    for (String name : OfferAnswering.OFFERS) {
      String offer = OfferAnswering.offer(name);
      for (int i = 0; i < 400; i++) {
        OfferAnswering.check(damaged(offer, random));
      }
    }
  }

  private static String damaged(String offer, Random random) {
    StringBuilder text = new StringBuilder(offer);
    int cuts = 1 + random.nextInt(4);
    for (int i = 0; i < cuts; i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(40));
      switch (random.nextInt(3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(3)));
        default -> text.setCharAt(at, (char) random.nextInt(300));
      }
      if (text.isEmpty()) {
        return "";
      }
    }
    return text.toString();
  }
}
