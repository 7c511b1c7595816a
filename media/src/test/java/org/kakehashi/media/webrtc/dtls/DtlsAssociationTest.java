package org.kakehashi.media.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpProfile;

class DtlsAssociationTest {
  /** A handshake record without a content, well formed. */
  private static final byte[] RECORD = {22, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};

  @Test
  void bothSidesGetTheSameKeysOfThePreferredProfile() throws Exception {
    DtlsPair pair = new DtlsPair();
    pair.start();
    SrtpKeys server = DtlsPair.get(pair.server.keys);
    SrtpKeys client = DtlsPair.get(pair.client.keys);
    assertThat(server.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(server.local().key()).isEqualTo(client.remote().key()).hasSize(16);
    assertThat(server.remote().salt()).isEqualTo(client.local().salt()).hasSize(12);
    assertThat(server.local().key()).isNotEqualTo(server.remote().key());
    pair.client.association.close();
    DtlsPair.get(pair.server.goodbye);
    DtlsPair.get(pair.server.ended);
    DtlsPair.get(pair.client.ended);
    assertThat(pair.computing.availablePermits()).isEqualTo(2);
  }

  @Test
  void thirtyPercentOfTheDatagramsMayBeLost() throws Exception {
    DtlsPair pair = new DtlsPair();
    Random ofServer = new Random(1);
    Random ofClient = new Random(2);
    pair.server.arrives = datagram -> ofServer.nextInt(100) >= 30;
    pair.client.arrives = datagram -> ofClient.nextInt(100) >= 30;
    pair.start();
    DtlsPair.get(pair.server.keys);
    DtlsPair.get(pair.client.keys);
    pair.client.association.close();
    pair.server.association.close();
    DtlsPair.get(pair.server.ended);
  }

  @Test
  void aLastFlightThatIsLostIsSentAgainByWhoHasGoneToRest() throws Exception {
    DtlsPair pair = new DtlsPair();
    pair.loseLastFlight();
    pair.start();
    DtlsPair.get(pair.server.keys);
    DtlsPair.get(pair.client.keys);
    pair.client.association.close();
    DtlsPair.get(pair.server.ended);
  }

  @Test
  void whoIsTidiedStillHearsGoodbye() throws Exception {
    DtlsPair pair = new DtlsPair();
    pair.start();
    DtlsPair.get(pair.server.keys);
    DtlsPair.get(pair.client.keys);
    pair.server.association.tidy();
    pair.client.association.close();
    DtlsPair.get(pair.server.goodbye);
    DtlsPair.get(pair.server.ended);
    DtlsPair.get(pair.client.ended);
    pair.server.association.tidy();
    assertThat(pair.server.association.receive(RECORD)).isFalse();
    assertThat(pair.computing.availablePermits()).isEqualTo(2);
  }

  @Test
  void aCertificateThatWasNotAnnouncedIsRefused() throws Exception {
    DtlsPair pair = new DtlsPair(Fingerprint.of("sha-256", new byte[32]), Duration.ofSeconds(30));
    pair.start();
    assertThat(DtlsPair.get(pair.server.failure)).isEqualTo(DtlsFailure.FINGERPRINT);
    assertThat(DtlsPair.get(pair.client.failure)).isEqualTo(DtlsFailure.HANDSHAKE);
    DtlsPair.get(pair.server.ended);
    assertThat(pair.server.keys).isNotDone();
  }

  @Test
  void whoNeverAnswersIsGivenUp() throws Exception {
    DtlsPair pair = new DtlsPair(null, Duration.ofMillis(600));
    pair.server.arrives = datagram -> false;
    pair.start();
    assertThat(DtlsPair.get(pair.client.failure)).isEqualTo(DtlsFailure.TIMEOUT);
    DtlsPair.get(pair.client.ended);
    pair.server.association.close();
    DtlsPair.get(pair.server.ended);
    assertThat(pair.computing.availablePermits()).isEqualTo(2);
  }

  @Test
  void theQueueIsBounded() {
    DtlsPair pair = new DtlsPair();
    int taken = 0;
    while (taken < 1_000 && pair.server.association.receive(RECORD)) {
      taken++;
    }
    assertThat(taken).isLessThan(100);
    byte[] tooLong = java.util.Arrays.copyOf(RECORD, 5_000);
    tooLong[11] = (byte) ((5_000 - 13) >> 8);
    tooLong[12] = (byte) (5_000 - 13);
    assertThat(DtlsRecords.wellFormed(tooLong)).isTrue();
    assertThat(pair.client.association.receive(tooLong)).isFalse();
  }
}
