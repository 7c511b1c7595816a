package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;

/** A port on loopback with a clock that tests move, and clients to it. */
final class PortFixture implements AutoCloseable, PeerEvents {
  static final long PATIENCE_SECONDS = 30;

  /** What an owner is told, in order. */
  sealed interface Event {
    record Connected(Peer peer) implements Event {}

    record Closed(Peer peer, CloseReason why) implements Event {}
  }

  final AtomicLong skipped = new AtomicLong();
  final MediaClock clock;
  private final LongSupplier running;
  final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  final WebRtcPort port;
  final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final Semaphore computing = new Semaphore(4);
  private final List<WebRtcClient> clients = new ArrayList<>();

  PortFixture() {
    this(config -> config);
  }

  PortFixture(UnaryOperator<WebRtcConfig> change) {
    this(change, System::nanoTime);
  }

  /** One whose clock stands still but for {@link #passMillis}. */
  static PortFixture standingStill() {
    long start = System.nanoTime();
    return new PortFixture(config -> config, () -> start);
  }

  private PortFixture(UnaryOperator<WebRtcConfig> change, LongSupplier running) {
    this.running = running;
    this.clock = new MediaClock(this::nanoTime, Instant.EPOCH);
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    port =
        WebRtcPort.open(
            change.apply(WebRtcConfig.onPort(0).withBind(bind).withLoops(2)), this::nanoTime);
  }

  long nanoTime() {
    return running.getAsLong() + skipped.get();
  }

  /** Moves the port's clock, and its sessions', ahead. */
  void pass(long seconds) {
    passMillis(TimeUnit.SECONDS.toMillis(seconds));
  }

  /** As {@link #pass}. */
  void passMillis(long millis) {
    skipped.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  WebRtcClient client(ClientMedia... media) {
    WebRtcClient client = new WebRtcClient(group, identity, computing, List.of(media));
    clients.add(client);
    return client;
  }

  Peer publisher(WebRtcClient client) {
    return port.accept(client.offer(), PeerPlan.receiving(clock, 2, 2, "publisher"), this);
  }

  Peer listener(WebRtcClient client) {
    return port.accept(client.offer(), PeerPlan.sending(clock, 2, 2, "listener"), this);
  }

  static WebRtcClient connect(WebRtcClient client, Peer peer) throws Exception {
    WebRtcClient connected = client.connect(peer.answer()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // The client has its keys first; what it sends, or is sent, until the server has them is lost.
    await(() -> peer.state() instanceof PeerState.Connected);
    return connected;
  }

  @Override
  public void connected(Peer peer) {
    events.add(new Event.Connected(peer));
  }

  @Override
  public void closed(Peer peer, CloseReason why) {
    events.add(new Event.Closed(peer, why));
  }

  /** The next thing an owner was told. */
  Event next() throws InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told in " + PATIENCE_SECONDS + " s");
    }
    return event;
  }

  /** Waits until {@code condition} holds; fails if it never does. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come true in " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static ByteBuf rtp(int payloadType, int sequence, int timestamp, int ssrc, byte... payload) {
    ByteBuf out = Unpooled.buffer(64 + payload.length);
    RtpPacket.writeHeader(out, false, false, payloadType, sequence, timestamp, ssrc);
    return out.writeBytes(payload);
  }

  /** An Opus packet of 20 ms with a number in it. */
  static ByteBuf opus(int sequence, int ssrc) {
    return rtp(
        ClientMedia.OPUS,
        sequence,
        sequence * 960,
        ssrc,
        (byte) 0xF8,
        (byte) (sequence >> 8),
        (byte) sequence);
  }

  @Override
  public void close() {
    clients.forEach(WebRtcClient::close);
    port.close();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
