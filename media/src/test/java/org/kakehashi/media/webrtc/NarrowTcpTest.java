package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.FanOut;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/** A viewer over TCP whose line takes nothing for a while. */
class NarrowTcpTest {
  private static final int SSRC = 0x1234;
  private static final int SOUNDS = 50;

  private final PortFixture fixture = new PortFixture();
  private final Channel floor = new Channel("floor");
  private final FanOut pictures = new FanOut();
  private final WebRtcClient sending =
      fixture.client(ClientMedia.speaks(SSRC), ClientMedia.shows(SSRC + 1));
  private final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
  private final AtomicLong sounds = new AtomicLong();
  private int sound;
  private int slice;

  @AfterEach
  void close() {
    fixture.close();
  }

  private long dropped() {
    return fixture.port.stats().dropped(DropReason.SEND_QUEUE);
  }

  private void speak() {
    sending.sendRtp(opus(sound++, SSRC));
  }

  /** One packet, the first of a key frame. */
  private void show() {
    byte[] payload = new byte[1_000];
    payload[0] = (byte) (slice == 0 ? 0x65 : 0x41);
    payload[1] = (byte) 0x88;
    sending.sendRtp(PortFixture.rtp(ClientMedia.H264, slice, 3_000 * slice, SSRC + 1, payload));
    slice++;
  }

  private void take(ByteBuf packet) {
    RtpPacket view = new RtpPacket();
    if (view.read(packet).isAccepted()) {
      numbers.add(new HeaderExtensions(0, ClientMedia.NUMBER_ID, 0, 0, 0).transportSequence(view));
      if (view.payloadType() == ClientMedia.OPUS) {
        sounds.incrementAndGet();
      }
    }
  }

  @Test
  void picturesMakeRoomForSoundAndTheEstimateSeesIt() throws Exception {
    Peer publisher = fixture.publisher(sending);
    floor.feed(publisher.incoming().get(0).source());
    publisher.incoming().get(1).source().attach(pictures::publish);
    connect(sending, publisher);
    WebRtcClient viewer =
        fixture
            .client(
                ClientMedia.hears().reportingArrivals(), ClientMedia.watches().reportingArrivals())
            .onRtp(this::take);
    Peer listener = fixture.listener(viewer);
    OutgoingTrack ear = listener.outgoing().get(0);
    OutgoingTrack eye = listener.outgoing().get(1);
    ear.listen(floor);
    eye.listen(pictures);
    viewer.connectTcp(listener.answer()).get(PortFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
    PortFixture.await(() -> listener.state() instanceof PeerState.Connected);
    speak();
    show();
    PortFixture.await(() -> numbers.size() == 2);

    long before = dropped();
    viewer.read(false);
    PortFixture.await(
        () -> {
          long shown = eye.stats().packets();
          show();
          PortFixture.await(() -> eye.stats().packets() > shown);
          return dropped() >= before + 20;
        });
    long without = dropped();
    for (int i = 0; i < SOUNDS; i++) {
      speak();
    }
    PortFixture.await(() -> ear.stats().packets() == 1 + SOUNDS);
    assertThat(dropped()).as("nothing but pictures").isEqualTo(without);

    viewer.read(true);
    PortFixture.await(() -> sounds.get() == 1 + SOUNDS);
    // What was dropped had numbers, which the viewer reports as missing.
    int sent = (int) (ear.stats().packets() + eye.stats().packets());
    List<Integer> missing = new ArrayList<>(IntStream.range(0, sent).boxed().toList());
    missing.removeAll(numbers);
    assertThat(numbers).doesNotHaveDuplicates().contains(sent - 1);
    assertThat(missing).hasSize((int) (without - before));
  }
}
