package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.webrtc.client.ClientCheck;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.slf4j.LoggerFactory;

/** What comes from strangers, and from peers that misbehave: counted, answered, and no more. */
class HostilePacketsTest {
  private static final int SSRC = 9;
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final PortFixture fixture = new PortFixture();
  private int sound;
  private int stranger;

  @BeforeEach
  void listenToTheLog() {
    log.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
  }

  @AfterEach
  void nothingIsLogged() {
    fixture.close();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  private long dropped(DropReason reason) {
    return fixture.port.stats().dropped(reason);
  }

  private static int errorCode(byte[] response) {
    for (int at = 20; at + 8 <= response.length; ) {
      int type = (response[at] & 0xFF) << 8 | response[at + 1] & 0xFF;
      int length = (response[at + 2] & 0xFF) << 8 | response[at + 3] & 0xFF;
      if (type == 0x0009) {
        return response[at + 6] * 100 + response[at + 7];
      }
      at += 4 + (length + 3) / 4 * 4;
    }
    return 0;
  }

  private byte[] ask(byte[] request) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PortFixture.PATIENCE_SECONDS));
      socket.send(
          new DatagramPacket(
              request, request.length, InetAddress.getLoopbackAddress(), fixture.port.port()));
      DatagramPacket answer = new DatagramPacket(new byte[2_048], 2_048);
      socket.receive(answer);
      return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  @Test
  void answersChecksThatAreNotAuthenticAsTheStandardSays() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    Peer peer = fixture.listener(client);
    String ufrag = peer.etag().replace("\"", "");
    String username = ufrag + ":" + client.credentials().ufrag();
    String password =
        peer.answer()
            .lines()
            .filter(line -> line.startsWith("a=ice-pwd:"))
            .map(line -> line.substring(10))
            .findFirst()
            .orElseThrow();
    ClientCheck right = ClientCheck.nominating(username, password);
    assertThat(errorCode(ask(right.unsigned(ID)))).isEqualTo(400);
    assertThat(errorCode(ask(ClientCheck.nominating(username, "wrong".repeat(5)).signed(ID))))
        .isEqualTo(401);
    assertThat(errorCode(ask(ClientCheck.nominating("nobody:x", password).signed(ID))))
        .isEqualTo(401);
    assertThat(errorCode(ask(new ClientCheck(username, password, true, true, 1).signed(ID))))
        .isEqualTo(487);
    assertThat(peer.state()).isInstanceOf(PeerState.Awaiting.class);
    byte[] success = ask(right.signed(ID));
    assertThat(success).startsWith(1, 1).containsSequence(ID);
    assertThat(dropped(DropReason.STUN_REFUSED)).isEqualTo(3);
    PortFixture.await(() -> peer.state() instanceof PeerState.Securing);
  }

  @Test
  void answersStrangersAtALimitedRate() throws Exception {
    byte[] stranger = ClientCheck.nominating("nobody:x", "p".repeat(24)).signed(ID);
    try (PortFixture still = PortFixture.standingStill();
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      DatagramPacket check =
          new DatagramPacket(
              stranger, stranger.length, InetAddress.getLoopbackAddress(), still.port.port());
      PortFixture.await(
          () -> {
            send(socket, check);
            return still.port.stats().dropped(DropReason.STUN_RATE) > 0;
          });
      assertThat(still.port.stats().dropped(DropReason.STUN_REFUSED)).isEqualTo(100);
    }
  }

  private static void send(DatagramSocket socket, DatagramPacket packet) {
    try {
      socket.send(packet);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void goesOnServingAPeerAmongGarbage() throws Exception {
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer peer = fixture.publisher(speaker);
    connect(speaker, peer);
    PortFixture.await(() -> peer.state() instanceof PeerState.Connected);
    Random random = new Random(1);
    int[] firstBytes = {0, 1, 3, 5, 20, 22, 23, 63, 64, 128, 144, 191, 200, 255};
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[1 + random.nextInt(1_400)];
      random.nextBytes(garbage);
      garbage[0] = (byte) firstBytes[i % firstBytes.length];
      speaker.sendRaw(garbage);
      if (i % 20 == 19) { // So that the smallest of sockets' buffers does not run over.
        heardAgain(speaker, peer);
      }
    }
    PortFixture.await(
        () -> {
          speaker.sendRaw(new byte[2_100]);
          return dropped(DropReason.TOO_LONG) > 0;
        });
    speaker.sendRaw(new byte[0]);
    // Authentic, and yet nonsense: RTP of nobody's, RTCP that does not hold together.
    PortFixture.await(
        () -> {
          speaker.sendRtp(PortFixture.rtp(5, stranger++, 1, 12_345, (byte) 1));
          return dropped(DropReason.RTP_UNKNOWN_STREAM) > 0;
        });
    speaker.sendRtp(
        Unpooled.buffer().writeBytes(new byte[] {(byte) 0xB0, 111, 0, 1}).writeZero(12));
    speaker.sendRtcp(new Pli(1, 2));
    heardAgain(speaker, peer);
    assertThat(peer.state()).isInstanceOf(PeerState.Connected.class);
    assertThat(dropped(DropReason.STUN_MALFORMED)).isPositive();
    assertThat(dropped(DropReason.NOT_OURS)).isPositive();
    assertThat(dropped(DropReason.SRTP_AUTH) + dropped(DropReason.RTP_MALFORMED)).isPositive();
  }

  /** Speaks until it is heard; what was sent before has then been dealt with. */
  private void heardAgain(WebRtcClient speaker, Peer peer) {
    long before = peer.incoming().getFirst().source().packets();
    PortFixture.await(
        () -> {
          speaker.sendRtp(opus(sound++, SSRC));
          return peer.incoming().getFirst().source().packets() > before;
        });
  }

  @Test
  void passesNoReplayedPacketOn() throws Exception {
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer peer = fixture.publisher(speaker);
    connect(speaker, peer);
    PortFixture.await(() -> peer.state() instanceof PeerState.Connected);
    speaker.sendRtp(opus(7, SSRC));
    speaker.sendRtp(opus(8, SSRC));
    speaker.sendRtp(opus(7, SSRC)); // Protected with the same index: the same packet once more.
    PortFixture.await(() -> dropped(DropReason.SRTP_REPLAY) == 1);
    assertThat(peer.incoming().getFirst().source().packets()).isEqualTo(2);
  }

  @Test
  void closesTcpConnectionsThatBeginWithSomethingElse() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port.port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PortFixture.PATIENCE_SECONDS));
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(endOf(socket)).isTrue();
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port.port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PortFixture.PATIENCE_SECONDS));
      socket.getOutputStream().write(new byte[] {0, 2, (byte) 0x80, 0});
      assertThat(endOf(socket)).isTrue();
    }
    assertThat(dropped(DropReason.TCP_MALFORMED)).isEqualTo(2);
    PortFixture.await(() -> fixture.port.stats().tcpConnections() == 0);
  }

  private static PortFixture withFourConnections(Duration patience) {
    return new PortFixture(
        config ->
            config
                .withLoops(1)
                .withLimits(new WebRtcConfig.Limits(10, 2, 4, 65_536, 1_000_000))
                .withTimeouts(
                    new WebRtcConfig.Timeouts(
                        config.timeouts().ice(),
                        config.timeouts().handshake(),
                        config.timeouts().consent(),
                        patience)));
  }

  private static Socket stranger(PortFixture port) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PortFixture.PATIENCE_SECONDS));
    return socket;
  }

  @Test
  void limitsTcpConnectionsInNumber() throws Exception {
    try (PortFixture small = withFourConnections(Duration.ofMinutes(10));
        Socket first = stranger(small);
        Socket second = stranger(small);
        Socket third = stranger(small)) {
      assertThat(endOf(second)).isTrue();
      assertThat(endOf(third)).isTrue();
      // Of four, one may be unproved at a time.
      assertThat(small.port.stats().dropped(DropReason.TCP_LIMIT)).isEqualTo(2);
      assertThat(small.port.stats().tcpConnections()).isEqualTo(1);
      first.close();
      PortFixture.await(() -> small.port.stats().tcpConnections() == 0);
    }
  }

  @Test
  void waitsForNobodyWhoProvesNothingOverTcp() throws Exception {
    try (PortFixture small = withFourConnections(Duration.ofMillis(300));
        Socket socket = stranger(small)) {
      assertThat(endOf(socket)).isTrue();
      assertThat(small.port.stats().dropped(DropReason.TCP_LIMIT)).isZero();
      PortFixture.await(() -> small.port.stats().tcpConnections() == 0);
    }
  }

  private static boolean endOf(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }
}
