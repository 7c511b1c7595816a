package org.kakehashi.media.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several records in one datagram (RFC 6347 §4.1.1), as browsers put a flight together. */
@Timeout(60)
class DtlsRecordsTogetherTest {
  private final DtlsPair pair = new DtlsPair();
  private final DtlsAssociation server = pair.server.association;
  private final ByteArrayOutputStream together = new ByteArrayOutputStream();

  /** Where the client's datagrams go. */
  private volatile Consumer<byte[]> line =
      datagram -> assertThat(server.receive(datagram)).isTrue();

  @Test
  void aGoodbyeBehindAnotherRecordIsHeard() throws Exception {
    DTLSTransport client = handshake();
    DtlsPair.get(pair.server.keys);
    line = together::writeBytes;
    client.send(new byte[10], 0, 10); // Data is of no use here, and no reason to hear nothing more.
    client.close();
    assertThat(server.receive(together.toByteArray())).isTrue();
    DtlsPair.get(pair.server.goodbye);
    DtlsPair.get(pair.server.ended);
  }

  @Test
  void aFlightThatIsRepeatedInOneDatagramIsAnsweredAtOnce() throws Exception {
    pair.loseLastFlight();
    line =
        datagram -> {
          boolean repeats = pair.server.keys.isDone() && isCertificate(datagram);
          if (together.size() == 0 && !repeats) {
            assertThat(server.receive(datagram)).isTrue();
            return;
          }
          together.writeBytes(datagram);
          if (DtlsPair.isProtected(datagram)) { // Finished, the flight's last.
            assertThat(server.receive(together.toByteArray())).isTrue();
            line =
                again -> {}; // Only once: a later repetition would hide that this one was not read.
          }
        };
    assertThat(handshake()).isNotNull();
  }

  /** Whether it is where the client's last flight begins (RFC 6347 §4.2.4, flight 5). */
  private static boolean isCertificate(byte[] record) {
    return record[0] == 22 && !DtlsPair.isProtected(record) && record[13] == 11;
  }

  /** The client itself, which can send data, over a line that is ours to change. */
  private DTLSTransport handshake() throws Exception {
    QueuedTransport transport =
        new QueuedTransport(datagram -> line.accept(datagram), new Semaphore(1));
    pair.server.toOther = transport::offer;
    DtlsTerms terms =
        new DtlsTerms(
            pair.clientIdentity,
            List.of(pair.serverIdentity.fingerprint()),
            Duration.ofSeconds(30));
    server.start();
    return new DTLSClientProtocol().connect(new DtlsClient(terms), transport);
  }
}
