package org.kakehashi.media.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** Where the client's datagrams go. */
  private volatile Consumer<byte[]> line =
      datagram -> assertThat(server.receive(datagram)).isTrue();

  @Test
  void aGoodbyeBehindAnotherRecordIsHeard() throws Exception {
    DTLSTransport client = handshake();
    DtlsPair.get(pair.server.keys);
    List<byte[]> datagrams = new ArrayList<>();
    line = datagrams::add;
    client.send(new byte[10], 0, 10); // Data is of no use here, and no reason to hear nothing more.
    client.close();
    assertThat(datagrams).hasSize(1);
    assertThat(server.receive(datagrams.getFirst())).isTrue();
    DtlsPair.get(pair.server.goodbye);
    DtlsPair.get(pair.server.ended);
  }

  @Test
  void aFlightThatIsRepeatedInOneDatagramIsAnsweredAtOnce() throws Exception {
    pair.loseLastFlight();
    line =
        datagram -> {
          // Asked before, as the server may be done with it before we are back.
          boolean repeated = pair.server.keys.isDone() && isCertificate(datagram);
          assertThat(server.receive(datagram)).isTrue();
          if (repeated) {
            line = again -> {}; // A later repetition would hide that this one was not read.
          }
        };
    assertThat(handshake()).isNotNull();
  }

  @Test
  void aFlightIsOneDatagram() throws Exception {
    List<byte[]> ofClient = new CopyOnWriteArrayList<>();
    List<byte[]> ofServer = new CopyOnWriteArrayList<>();
    Consumer<byte[]> direct = line;
    line =
        datagram -> {
          ofClient.add(datagram);
          direct.accept(datagram);
        };
    pair.server.arrives = ofServer::add;
    handshake();
    DtlsPair.get(pair.server.keys);
    // Repeated where this machine is slow, and then whole again.
    assertThat(ofClient).first().matches(hello -> hello[13] == 1, "a ClientHello");
    assertThat(ofClient).anyMatch(DtlsRecordsTogetherTest::isWholeAnswer);
    assertThat(ofClient).noneMatch(datagram -> datagram[0] == 20);
    assertThat(ofServer).allMatch(datagram -> datagram.length <= 1_200);
    assertThat(ofServer.getLast()[0]).isEqualTo((byte) 20); // And Finished behind it.
    assertThat(ofServer.getLast().length).isGreaterThan(14);
  }

  /** Certificate to Finished. */
  private static boolean isWholeAnswer(byte[] datagram) {
    int last = 0;
    for (int at = 0; at < datagram.length; ) {
      last = at;
      at +=
          13 + (Byte.toUnsignedInt(datagram[at + 11]) << 8 | Byte.toUnsignedInt(datagram[at + 12]));
    }
    return isCertificate(datagram) && datagram[last + 4] == 1;
  }

  /** Whether it is where the client's last flight begins (RFC 6347 §4.2.4, flight 5). */
  private static boolean isCertificate(byte[] record) {
    return record[0] == 22 && !DtlsPair.isProtected(record) && record[13] == 11;
  }

  /** The client itself, which can send data, over a line that is ours to change. */
  private DTLSTransport handshake() throws Exception {
    QueuedTransport transport =
        new QueuedTransport(datagram -> line.accept(datagram), () -> {}, new Semaphore(1));
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
