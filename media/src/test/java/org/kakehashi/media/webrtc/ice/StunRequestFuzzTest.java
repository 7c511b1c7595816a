package org.kakehashi.media.webrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.client.ClientCheck;

/** Whatever the datagram: a request or none, never an exception, never believed by chance. */
class StunRequestFuzzTest {
  private static final String PASSWORD = "p".repeat(24);

  @FuzzTest
  void readsOrDoesNot(byte[] data) {
    check(data);
  }

  private static void check(byte[] data) {
    StunRequest.read(data)
        .ifPresent(
            request -> {
              request.localFragment();
              request.unknownAttributes();
              request.check();
              if (request.signedWith("another password altogether")) {
                throw new AssertionError("believed a request it should not");
              }
              byte[] refusal = StunResponses.error(request.transactionId(), 400);
              byte[] unknown =
                  StunResponses.unknownAttributes(
                      request.transactionId(), request.unknownAttributes(), PASSWORD);
              if (refusal.length % 4 != 0 || unknown.length % 4 != 0) {
                throw new AssertionError("a STUN message is a multiple of four bytes");
              }
            });
  }

  @Test
  void damagedRequestsAreNotBelieved() {
    Random random = new Random(3);
    byte[] id = new byte[12];
    for (int i = 0; i < 5_000; i++) {
      byte[] request = ClientCheck.nominating("abcd:efgh", PASSWORD).signed(id);
      int flips = 1 + random.nextInt(6);
      for (int j = 0; j < flips; j++) {
        request[random.nextInt(request.length)] ^= (byte) (1 << random.nextInt(8));
      }
      check(request);
    }
  }
}
