package org.kakehashi.server.bench.alignment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.rtp.H264Packetizer;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpReader;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.server.bench.MediaApi;

/**
 * A camera of 25 frames a second that is white when the beat flashes, else black, in H.264; it
 * sends a key frame when asked. Sends on a thread of its own until it is closed.
 */
final class Camera implements AutoCloseable {
  static final int FPS = 25;
  private static final long INTERVAL = 1_000_000_000L / FPS;

  private final SenderClock clock;
  private final RtpSender rtp;
  private final H264Packetizer packetizer =
      new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, H264Packetizer.MAX_PAYLOAD);
  private final AtomicBoolean keyWanted = new AtomicBoolean();
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final Thread thread;
  private volatile Size size;

  /** Of the picture, in pixels. */
  record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  Camera(MediaApi.Connection connection, int ssrc, SenderClock clock, Size size) {
    this.clock = clock;
    this.size = size;
    rtp = new RtpSender(connection, ssrc, ClientMedia.H264, clock);
    connection.client().onRtcp(this::hear);
    thread = Thread.ofPlatform().name("camera-" + ssrc).start(this::film);
  }

  /** Goes on in another size. */
  void resize(Size to) {
    size = to;
  }

  private void hear(ByteBuf rtcp) {
    if (RtcpReader.read(rtcp).packets().stream().anyMatch(Pli.class::isInstance)) {
      keyWanted.set(true);
    }
  }

  private void film() {
    long frame = clock.beat().now() / INTERVAL + 1;
    while (on.get()) {
      Size now = size;
      try (Canvas canvas = new Canvas(now.width(), now.height(), FPS)) {
        keyWanted.set(true);
        while (on.get() && now.equals(size)) {
          shoot(canvas, frame++ * INTERVAL);
        }
      }
    }
  }

  /** A frame shows what is there at {@code nanos}, and leaves once it is encoded. */
  private void shoot(Canvas canvas, long nanos) {
    clock.beat().await(nanos);
    canvas.paint(
        Beat.isFlash(nanos),
        keyWanted.getAndSet(false),
        nanos * 48 / 1_000_000,
        packet -> send(packet, clock.timestamp(nanos)));
    rtp.report(clock.beat().now());
  }

  private void send(AVPacket packet, long timestamp) {
    List<ByteBuf> payloads = packetizer.packetize(NalUnits.ofAnnexB(Ffmpeg.view(packet)));
    for (int i = 0; i < payloads.size(); i++) {
      rtp.send(payloads.get(i), timestamp, i == payloads.size() - 1);
    }
  }

  @Override
  public void close() {
    on.set(false);
    Threads.join(thread);
  }
}
