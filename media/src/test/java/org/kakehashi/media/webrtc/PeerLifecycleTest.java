package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.PortFixture.Event;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.kakehashi.media.webrtc.sdp.Fingerprint;

class PeerLifecycleTest {
  private static final int SSRC = 77;

  private final PortFixture fixture = new PortFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isGoneAtOnceAfterGoodbye() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    Peer peer = fixture.listener(client);
    assertThat(peer.state()).isInstanceOf(PeerState.Awaiting.class);
    connect(client, peer);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    client.close();
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.GOODBYE));
    assertThat(peer.state()).isEqualTo(new PeerState.Closed(CloseReason.GOODBYE));
    assertThat(fixture.port.peers()).isZero();
    peer.released().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void isGoneAfterThirtySecondsWithoutCheck() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    Peer peer = fixture.listener(client);
    connect(client, peer);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    client.vanish();
    fixture.pass(25);
    assertThat(peer.state()).isInstanceOf(PeerState.Connected.class);
    fixture.pass(6);
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.CONSENT_EXPIRED));
  }

  @Test
  void aPublisherThatSendsNoChecksStaysWhileItsMediaComes() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.speaks(SSRC)).withChecksEvery(0);
    Peer peer = fixture.publisher(client);
    connect(client, peer);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    for (int i = 1; i <= 4; i++) {
      int count = i;
      fixture.pass(20);
      client.sendRtp(opus(i, SSRC));
      PortFixture.await(() -> peer.incoming().getFirst().source().packets() == count);
    }
    assertThat(peer.state()).isInstanceOf(PeerState.Connected.class);
    fixture.pass(31);
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.CONSENT_EXPIRED));
  }

  @Test
  void isGoneIfNoCheckEverComes() throws Exception {
    Peer peer = fixture.listener(fixture.client(ClientMedia.hears()));
    fixture.pass(31);
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.NO_CHECKS));
    peer.released().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void isGoneIfTheHandshakeNeverCompletes() throws Exception {
    // Both sides wait for the other to begin.
    WebRtcClient client = fixture.client(ClientMedia.hears()).withSetup("actpass");
    Peer peer = fixture.listener(client);
    var unused = client.connect(peer.answer().replace("a=setup:passive", "a=setup:active"));
    PortFixture.await(() -> peer.state() instanceof PeerState.Securing);
    fixture.pass(16);
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.HANDSHAKE_TIMEOUT));
    client.vanish();
  }

  @Test
  void refusesACertificateThatWasNotAnnounced() throws Exception {
    Fingerprint other = Fingerprint.of("sha-256", new byte[32]);
    WebRtcClient client = fixture.client(ClientMedia.hears()).withFingerprint(other);
    Peer peer = fixture.listener(client);
    var unused = client.connect(peer.answer());
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.FINGERPRINT_MISMATCH));
    PortFixture.await(() -> fixture.port.stats().handshakesFailed() == 1);
  }

  @Test
  void aFaultOfItsOwnerEndsItAndNoOther() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    PeerEvents faulty =
        new PeerEvents() {
          @Override
          public void connected(Peer peer) {
            throw new IllegalStateException("a fault of its owner");
          }

          @Override
          public void closed(Peer peer, CloseReason why) {
            fixture.closed(peer, why);
          }
        };
    Peer peer =
        fixture.port.accept(
            client.offer(), PeerPlan.sending(fixture.clock, 2, 2, "listener"), faulty);
    var unused = client.connect(peer.answer());
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.FAULT));
    client.ended().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    peer.released().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    WebRtcClient next = fixture.client(ClientMedia.hears());
    Peer other = fixture.listener(next);
    connect(next, other);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(other));
  }

  @Test
  void saysGoodbyeOverTcpBeforeTheConnectionIsClosed() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    Peer peer = fixture.listener(client);
    client.connectTcp(peer.answer()).get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    peer.close(CloseReason.REQUESTED);
    client.goodbye().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    peer.released().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void saysGoodbyeWhenThePortCloses() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears());
    Peer peer = fixture.listener(client);
    connect(client, peer);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    fixture.port.close();
    assertThat(fixture.next()).isEqualTo(new Event.Closed(peer, CloseReason.SHUTDOWN));
    client.ended().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
