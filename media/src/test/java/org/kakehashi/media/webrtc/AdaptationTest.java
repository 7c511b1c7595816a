package org.kakehashi.media.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpReader;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.rtp.TransportFeedbackBuilder;
import org.kakehashi.media.stage.Picture;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/**
 * A camera in two layers, and a viewer behind a line of a certain width. Time passes only when all
 * that was sent has arrived, so that no pause of this machine looks like a queue.
 */
class AdaptationTest {
  private static final int SMALL = 1;
  private static final int LARGE = 2;
  private static final byte KEY = 0x65;
  private static final byte SLICE = 0x41;

  private final Queue<PictureService> told = new ConcurrentLinkedQueue<>();
  private final Set<Integer> keyFramesWanted = ConcurrentHashMap.newKeySet();
  private final AtomicLong width = new AtomicLong(100_000_000);
  private final AtomicLong small = new AtomicLong();
  private final AtomicLong large = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final PortFixture fixture = PortFixture.standingStill();

  @AfterEach
  void close() {
    fixture.close();
  }

  /**
   * About 150 kbit/s and 1.2 Mbit/s at 25 pictures a second; a key frame where one is asked for.
   */
  private final class Camera {
    private final WebRtcClient client;
    private int frame;
    private int smallSequence;
    private int largeSequence;

    Camera(WebRtcClient client) {
      this.client = client;
    }

    /** How many packets it took. */
    int shoot() {
      frame++;
      smallSequence = send("l", SMALL, smallSequence, 1, 750);
      largeSequence = send("h", LARGE, largeSequence, 6, 1_000);
      return 7;
    }

    private int send(String rid, int ssrc, int from, int packets, int length) {
      byte type = keyFramesWanted.remove(ssrc) || frame == 1 ? KEY : SLICE;
      for (int i = 0; i < packets; i++) {
        ByteBuf out = Unpooled.buffer();
        boolean last = i == packets - 1;
        RtpPacket.writeHeader(out, true, last, ClientMedia.H264, from + i, 3_600 * frame, ssrc);
        int block = HeaderExtensions.begin(out);
        HeaderExtensions.write(out, ClientMedia.RID_ID, rid.getBytes(UTF_8));
        HeaderExtensions.end(out, block);
        // A slice of the picture's beginning, then others of it.
        out.writeByte(type).writeByte(i == 0 ? 0x88 : 0x08).writeByte(ssrc).writeZero(length - 3);
        client.sendRtp(out);
      }
      return from + packets;
    }
  }

  /** Tells the arrivals as they would be behind a line of {@link #width} bit/s. */
  private final class Viewer {
    private final HeaderExtensions extensions =
        new HeaderExtensions(0, ClientMedia.NUMBER_ID, 0, 0, 0);
    private final TransportFeedbackBuilder arrivals = new TransportFeedbackBuilder(9, 9);
    private final RtpPacket view = new RtpPacket();
    private long freeAt;
    private int lastSequence = -1;
    private int reports;
    private volatile int taken;

    void take(ByteBuf packet) {
      if (!view.read(packet).isAccepted()) {
        return;
      }
      long now = fixture.nanoTime();
      freeAt = Math.max(now, freeAt) + packet.readableBytes() * 8_000_000_000L / width.get();
      arrivals.received(extensions.transportSequence(view), freeAt);
      int sequence = view.sequence();
      if (lastSequence >= 0 && sequence != (lastSequence + 1 & 0xFFFF)) {
        gaps.incrementAndGet();
      }
      lastSequence = sequence;
      if (view.payloadLength() > 3) {
        boolean isSmall = packet.getByte(view.payloadStart() + 2) == SMALL;
        (isSmall ? small : large).incrementAndGet();
      }
      taken++;
    }

    /**
     * Reports, and waits until that was read: each report says another loss than the one before.
     */
    void report(WebRtcClient client, OutgoingTrack track) {
      var report = arrivals.build();
      if (report.isEmpty()) {
        return;
      }
      int loss = ++reports % 2;
      var block = new ReportBlock(track.stream().ssrc(), loss, 0, 0, 0, 0, 0);
      client.sendRtcp(new ReceiverReport(9, List.of(block)), report.get());
      PortFixture.await(
          () ->
              track.stats().fractionLost() == loss / 256.0
                  && track.stream().receiver().hasReported());
    }
  }

  /** Lets time pass in steps, each of them seen by everybody before the next. */
  private final class Time {
    private static final int STEP_MILLIS = 10;
    private static final int PATIENCE_MILLIS = 120_000;

    private final Camera camera;
    private final Peer publisher;
    private final Viewer viewer;
    private final WebRtcClient watching;
    private final Peer listener;
    private final OutgoingTrack track;
    private int millis;
    private long shot;

    Time(Camera camera, Peer publisher, Viewer viewer, WebRtcClient watching, Peer listener) {
      this.camera = camera;
      this.publisher = publisher;
      this.viewer = viewer;
      this.watching = watching;
      this.listener = listener;
      this.track = listener.outgoing().getFirst();
    }

    void passUntil(BooleanSupplier condition) {
      for (int waited = 0; !condition.getAsBoolean(); waited += STEP_MILLIS) {
        assertThat(waited).as("ms").isLessThan(PATIENCE_MILLIS);
        pass();
      }
    }

    private void pass() {
      millis += STEP_MILLIS;
      fixture.passMillis(STEP_MILLIS);
      if (millis % 40 == 0) {
        shot += camera.shoot();
        List<Source> layers = publisher.incoming().getFirst().source().layers();
        PortFixture.await(() -> layers.stream().mapToLong(Source::packets).sum() == shot);
      }
      if (millis % 50 == 0) {
        viewer.report(watching, track);
      }
      settle(publisher, publisher::tick);
      settle(listener, listener::tick);
      int written = settled(listener, () -> track.stream().packets());
      PortFixture.await(() -> viewer.taken >= written);
    }

    private void settle(Peer peer, Runnable task) {
      int unused =
          settled(
              peer,
              () -> {
                task.run();
                return 0;
              });
    }

    /** What a peer's loop does now is followed by what that gave rise to. */
    private int settled(Peer peer, Callable<Integer> task) {
      for (int i = 0; i < 4; i++) {
        peer.loop().submit(() -> {}).syncUninterruptibly();
      }
      return peer.loop().submit(task).syncUninterruptibly().getNow();
    }
  }

  @Test
  void aNarrowLineGetsTheSmallLayerAndTheLargeOneOnceItIsWideAgain() throws Exception {
    WebRtcClient sending = fixture.client(ClientMedia.showsLayers("l", "h")).withChecksEvery(100);
    sending.onRtcp(
        packet ->
            RtcpReader.read(packet).packets().stream()
                .filter(Pli.class::isInstance)
                .forEach(pli -> keyFramesWanted.add(((Pli) pli).mediaSsrc())));
    Peer publisher = fixture.publisher(sending);
    Picture picture = new Picture("picture", 1);
    picture.show(publisher.incoming().getFirst().source());
    PortFixture.connect(sending, publisher);

    Viewer viewer = new Viewer();
    WebRtcClient watching =
        fixture.client(ClientMedia.watches().reportingArrivals()).withChecksEvery(100);
    watching.onRtp(viewer::take);
    PeerEvents events =
        new PeerEvents() {
          @Override
          public void connected(Peer peer) {}

          @Override
          public void pictures(Peer peer, PictureService now) {
            told.add(now);
          }

          @Override
          public void closed(Peer peer, CloseReason why) {}
        };
    Peer listener =
        fixture.port.accept(
            watching.offer(), PeerPlan.sending(fixture.clock, 0, 1, "viewer"), events);
    listener.outgoing().getFirst().listen(picture);
    PortFixture.connect(watching, listener);

    Time time = new Time(new Camera(sending), publisher, viewer, watching, listener);
    time.passUntil(() -> large.get() > 200);
    assertThat(told).isEmpty();

    width.set(400_000);
    time.passUntil(() -> told.contains(PictureService.REDUCED));
    long before = large.get();
    long smallBefore = small.get();
    time.passUntil(() -> small.get() > smallBefore + 20);
    assertThat(large.get()).isEqualTo(before);

    width.set(100_000_000);
    time.passUntil(() -> told.size() > 1);
    assertThat(told).containsExactly(PictureService.REDUCED, PictureService.FULL);
    long largeBefore = large.get();
    time.passUntil(() -> large.get() > largeBefore + 60);
    assertThat(gaps).as("what the viewer sees is one stream").hasValue(0);
  }
}
