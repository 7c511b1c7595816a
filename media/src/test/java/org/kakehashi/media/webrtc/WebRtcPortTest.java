package org.kakehashi.media.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.FanOut;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.RtcpPacket;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpReader;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.PortFixture.Event;
import org.kakehashi.media.webrtc.client.ClientAnswer;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.kakehashi.media.webrtc.sdp.IceCredentials;

class WebRtcPortTest {
  private static final int SSRC = 0x1234;

  private final PortFixture fixture = new PortFixture();

  @AfterEach
  void everythingIsReleased() {
    fixture.close();
    assertThat(fixture.port.peers()).isZero();
  }

  private record Heard(int ssrc, int sequence, long timestamp, int number) {}

  private static WebRtcClient hearing(WebRtcClient client, BlockingQueue<Heard> heard) {
    return client.onRtp(
        packet ->
            heard.add(
                new Heard(
                    packet.getInt(8),
                    packet.getUnsignedShort(2),
                    packet.getUnsignedInt(4),
                    packet.getUnsignedShort(13))));
  }

  private static Heard take(BlockingQueue<Heard> heard) throws InterruptedException {
    Heard next = heard.poll(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was heard");
    }
    return next;
  }

  @Test
  void forwardsSoundFromAPublisherToListenersOverUdpAndTcp() throws Exception {
    Channel floor = new Channel("floor");
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);

    List<BlockingQueue<Heard>> ears =
        List.of(
            new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    for (int i = 0; i < ears.size(); i++) {
      WebRtcClient client = hearing(fixture.client(ClientMedia.hears()), ears.get(i));
      Peer listener = fixture.listener(client);
      listener.outgoing().getFirst().listen(floor);
      (i == 2 ? client.connectTcp(listener.answer()) : client.connect(listener.answer()))
          .get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    PortFixture.await(() -> floor.listeners() == 3);
    PortFixture.await(() -> fixture.port.stats().peers().getOrDefault("connected", 0) == 4);

    for (int i = 0; i < 50; i++) {
      speaker.sendRtp(opus(i, SSRC));
    }
    for (BlockingQueue<Heard> heard : ears) {
      Heard first = take(heard);
      assertThat(first.sequence()).isLessThan(1 << 15);
      for (int i = 1; i < 50; i++) {
        Heard next = take(heard);
        assertThat(next.ssrc()).isEqualTo(first.ssrc()).isNotEqualTo(SSRC);
        assertThat(next.number()).isEqualTo(i);
        assertThat(next.sequence()).isEqualTo(first.sequence() + i);
        assertThat((next.timestamp() - first.timestamp()) & 0xFFFF_FFFFL).isEqualTo(i * 960L);
      }
    }
    assertThat(fixture.port.stats().tcpConnections()).isEqualTo(1);
    assertThat(fixture.port.stats().handshakesSucceeded()).isEqualTo(4);
  }

  @Test
  void connectsAsDtlsClientToAnOfferThatInsistsOnWaiting() throws Exception {
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC)).withSetup("passive");
    Peer peer = fixture.publisher(speaker);
    assertThat(peer.answer()).contains("a=setup:active");
    connect(speaker, peer);
    assertThat(fixture.next()).isEqualTo(new Event.Connected(peer));
    speaker.sendRtp(opus(1, SSRC));
    PortFixture.await(() -> peer.incoming().getFirst().source().packets() == 1);
  }

  @Test
  void sendsAgainWhatAListenerMissed() throws Exception {
    Channel floor = new Channel("floor");
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
    BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    WebRtcClient client = hearing(fixture.client(ClientMedia.hears()), heard);
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(floor);
    connect(client, listener);
    PortFixture.await(() -> listener.state() instanceof PeerState.Connected);
    List<Heard> all = new java.util.ArrayList<>();
    speaker.sendRtp(opus(0, SSRC));
    all.add(take(heard)); // What is sent is kept from the first packet on that a listener was sent.
    for (int i = 1; i < 100; i++) {
      speaker.sendRtp(opus(i, SSRC));
    }
    for (int i = 1; i < 100; i++) {
      all.add(take(heard));
    }
    Heard missed = all.get(98);
    client.sendRtcp(
        new ReceiverReport(1, List.of()), new Nack(1, missed.ssrc(), List.of(missed.sequence())));
    // The client's replay protection drops a packet it had: the server's count tells.
    PortFixture.await(() -> listener.outgoing().getFirst().stats().retransmitted() == 1);
  }

  @Test
  void isSilentUntilAKeyFrameAndAsksForOne() throws Exception {
    Queue<RtcpPacket> asked = new ConcurrentLinkedQueue<>();
    FanOut pictures = new FanOut();
    WebRtcClient camera =
        fixture
            .client(ClientMedia.shows(SSRC))
            .onRtcp(packet -> asked.addAll(RtcpReader.read(packet).packets()));
    Peer publisher = fixture.publisher(camera);
    assertThat(publisher.incoming().getFirst().codec()).isEqualTo(Codec.H264);
    publisher.incoming().getFirst().source().attach(pictures::publish);
    connect(camera, publisher);
    WebRtcClient client = fixture.client(ClientMedia.watches());
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(pictures);
    connect(client, listener);
    PortFixture.await(() -> listener.state() instanceof PeerState.Connected);

    byte[] slice = {0x41, 1, 2, 3};
    byte[] parameterSets = {0x78, 0, 2, 0x67, 1, 0, 2, 0x68, 1, 0, 2, 0x65, 1};
    camera.sendRtp(PortFixture.rtp(ClientMedia.H264, 1, 3_000, SSRC, slice));
    PortFixture.await(() -> fixture.port.stats().dropped(DropReason.AWAITING_KEY_FRAME) == 1);
    PortFixture.await(() -> asked.stream().anyMatch(Pli.class::isInstance));
    camera.sendRtp(PortFixture.rtp(ClientMedia.H264, 2, 6_000, SSRC, parameterSets));
    camera.sendRtp(PortFixture.rtp(ClientMedia.H264, 3, 9_000, SSRC, slice));
    PortFixture.await(() -> client.packets() == 2);

    asked.clear();
    int ssrc = ClientAnswer.read(listener.answer()).ssrcs().getFirst();
    PortFixture.await(
        () -> {
          client.sendRtcp(new ReceiverReport(1, List.of()), new Pli(1, ssrc));
          return asked.stream().anyMatch(Pli.class::isInstance);
        });
  }

  private static ByteBuf layer(String rid, int sequence, int ssrc, byte... payload) {
    ByteBuf out = Unpooled.buffer();
    RtpPacket.writeHeader(out, true, true, ClientMedia.H264, sequence, 3_000 * sequence, ssrc);
    int block = HeaderExtensions.begin(out);
    HeaderExtensions.write(out, ClientMedia.RID_ID, rid.getBytes(UTF_8));
    HeaderExtensions.end(out, block);
    return out.writeBytes(payload);
  }

  @Test
  void tellsLayersApartByTheirNames() throws Exception {
    Queue<RtcpPacket> asked = new ConcurrentLinkedQueue<>();
    WebRtcClient camera =
        fixture
            .client(ClientMedia.showsLayers("l", "h"))
            .onRtcp(packet -> asked.addAll(RtcpReader.read(packet).packets()));
    Peer publisher = fixture.publisher(camera);
    assertThat(publisher.answer()).contains("a=simulcast:recv l;h");
    List<Source> layers = publisher.incoming().getFirst().source().layers();
    assertThat(layers).hasSize(2);
    connect(camera, publisher);

    byte[] slice = {0x41, 1, 2, 3};
    camera.sendRtp(layer("h", 1, 100, slice));
    camera.sendRtp(layer("l", 1, 200, slice));
    camera.sendRtp(PortFixture.rtp(ClientMedia.H264, 2, 6_000, 200, slice));
    PortFixture.await(() -> layers.get(0).packets() == 2 && layers.get(1).packets() == 1);
    camera.sendRtp(layer("unknown", 1, 300, slice));
    camera.sendRtp(PortFixture.rtp(ClientMedia.H264, 1, 0, 400, slice));
    PortFixture.await(() -> fixture.port.stats().dropped(DropReason.RTP_UNKNOWN_STREAM) == 2);

    layers.get(0).requestKeyFrame();
    PortFixture.await(
        () -> asked.stream().anyMatch(p -> p instanceof Pli pli && pli.mediaSsrc() == 200));
    assertThat(asked).noneMatch(p -> p instanceof Pli pli && pli.mediaSsrc() == 100);
  }

  @Test
  void numbersWhatIsSentToWhoReportsArrivals() throws Exception {
    Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
    HeaderExtensions extensions = new HeaderExtensions(0, ClientMedia.NUMBER_ID, 0, 0, 0);
    Channel floor = new Channel("floor");
    FanOut pictures = new FanOut();
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC), ClientMedia.shows(SSRC + 1));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().get(0).source());
    publisher.incoming().get(1).source().attach(pictures::publish);
    connect(speaker, publisher);
    RtpPacket view = new RtpPacket();
    WebRtcClient client =
        fixture
            .client(
                ClientMedia.hears().reportingArrivals(), ClientMedia.watches().reportingArrivals())
            .onRtp(
                packet -> {
                  if (view.read(packet).isAccepted()) {
                    numbers.add(extensions.transportSequence(view));
                  }
                });
    Peer listener = fixture.listener(client);
    listener.outgoing().get(0).listen(floor);
    listener.outgoing().get(1).listen(pictures);
    connect(client, listener);
    PortFixture.await(() -> listener.state() instanceof PeerState.Connected);
    byte[] key = {0x65, (byte) 0x88, 1, 2};
    for (int i = 0; i < 5; i++) {
      speaker.sendRtp(opus(i, SSRC));
      speaker.sendRtp(PortFixture.rtp(ClientMedia.H264, i, 3_000 * i, SSRC + 1, key));
    }
    PortFixture.await(() -> numbers.size() == 10);
    assertThat(List.copyOf(numbers)).isEqualTo(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void reportsToSendersAndListeners() throws Exception {
    Queue<RtcpPacket> toSpeaker = new ConcurrentLinkedQueue<>();
    Queue<RtcpPacket> toListener = new ConcurrentLinkedQueue<>();
    Channel floor = new Channel("floor");
    WebRtcClient speaker =
        fixture
            .client(ClientMedia.speaks(SSRC))
            .onRtcp(packet -> toSpeaker.addAll(RtcpReader.read(packet).packets()));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
    WebRtcClient client =
        fixture
            .client(ClientMedia.hears())
            .onRtcp(packet -> toListener.addAll(RtcpReader.read(packet).packets()));
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(floor);
    connect(client, listener);
    PortFixture.await(() -> listener.state() instanceof PeerState.Connected);
    IntStream.range(0, 10).forEach(i -> speaker.sendRtp(opus(i, SSRC)));
    PortFixture.await(
        () ->
            toSpeaker.stream()
                .anyMatch(p -> p instanceof ReceiverReport report && !report.blocks().isEmpty()));
    PortFixture.await(() -> toListener.stream().anyMatch(SenderReport.class::isInstance));
    listener.close(CloseReason.REQUESTED);
    PortFixture.await(() -> toListener.stream().anyMatch(RtcpPacket.Bye.class::isInstance));
    client.ended().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void followsAListenerToAnotherAddress() throws Exception {
    Channel floor = new Channel("floor");
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
    BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    WebRtcClient client = hearing(fixture.client(ClientMedia.hears()), heard);
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(floor);
    connect(client, listener);
    speaker.sendRtp(opus(1, SSRC));
    take(heard);
    fixture.pass(2); // The old path's nomination no longer holds.
    client.move().get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    int[] sequence = {2};
    PortFixture.await(
        () -> {
          speaker.sendRtp(opus(sequence[0]++, SSRC));
          return !heard.isEmpty();
        });
  }

  @Test
  void restartsIce() throws Exception {
    WebRtcClient client = fixture.client(ClientMedia.hears()).withChecksEvery(50);
    Peer peer = fixture.listener(client);
    connect(client, peer);
    String etag = peer.etag();
    assertThat(peer.patch("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n")).isEmpty();
    assertThat(peer.etag()).isEqualTo(etag);
    String fragment =
        peer.patch("a=ice-ufrag:abcdefgh\r\na=ice-pwd:" + "q".repeat(24) + "\r\n").orElseThrow();
    assertThat(peer.etag()).isNotEqualTo(etag);
    assertThat(fragment).contains("a=ice-lite", "a=candidate:", "a=end-of-candidates");
    String ufrag = value(fragment, "a=ice-ufrag:");
    assertThat(peer.etag()).isEqualTo('"' + ufrag + '"');
    AtomicInteger accepted = new AtomicInteger();
    client.onStun(
        packet -> {
          if (packet.getUnsignedShort(0) == 0x0101) {
            accepted.incrementAndGet();
          }
        });
    client.restarted(new IceCredentials(ufrag, value(fragment, "a=ice-pwd:")));
    for (int i = 0; i < 2; i++) { // Checks with the new credentials keep it alive.
      int before = accepted.get();
      PortFixture.await(() -> accepted.get() > before + 1);
      fixture.pass(20);
    }
    assertThat(peer.state()).isInstanceOf(PeerState.Connected.class);
    assertThatThrownBy(() -> peer.patch("a=ice-ufrag:x\r\n")).isInstanceOf(OfferRejected.class);
  }

  private static String value(String fragment, String name) {
    return fragment
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesMoreThanItMayHold() {
    try (PortFixture small =
        new PortFixture(
            config -> config.withLimits(new WebRtcConfig.Limits(1, 1, 1, 65_536, 12_000_000)))) {
      small.listener(small.client(ClientMedia.hears()));
      assertThatThrownBy(() -> small.listener(small.client(ClientMedia.hears())))
          .isInstanceOfSatisfying(
              OfferRejected.class,
              rejected ->
                  assertThat(rejected.reason()).isEqualTo(OfferRejected.Reason.AT_CAPACITY));
      assertThat(small.port.peers()).isEqualTo(1);
      assertThat(small.port.stats().offersRejected())
          .containsEntry(OfferRejected.Reason.AT_CAPACITY, 1L);
    }
  }

  @Test
  void leavesNothingBehindOfARefusedOffer() {
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    assertThatThrownBy(() -> fixture.listener(speaker))
        .isInstanceOf(OfferRejected.class)
        .hasMessageContaining("Nothing in the offer");
    assertThat(fixture.port.peers()).isZero();
  }
}
