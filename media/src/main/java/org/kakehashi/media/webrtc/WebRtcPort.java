package org.kakehashi.media.webrtc;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;
import org.kakehashi.media.webrtc.sdp.Candidate;

/** One UDP port and one TCP port for every peer, served by a few media loops. Any thread. */
public final class WebRtcPort implements AutoCloseable {
  private static final int REFUSALS_PER_SECOND = 100;
  private static final long GOODBYES_MILLIS = 2_000;

  private final EventLoopGroup group;
  private final List<MediaLoop> loops;
  private final List<Channel> sockets;
  private final TcpPort tcp;
  private final PeerRegistry registry;
  private final PortCounters counters;
  private final Admission admission;
  private final int port;

  private WebRtcPort(
      EventLoopGroup group,
      List<MediaLoop> loops,
      List<Channel> sockets,
      TcpPort tcp,
      PeerRegistry registry,
      PortCounters counters,
      Admission admission,
      int port) {
    this.group = group;
    this.loops = List.copyOf(loops);
    this.sockets = List.copyOf(sockets);
    this.tcp = tcp;
    this.registry = registry;
    this.counters = counters;
    this.admission = admission;
    this.port = port;
  }

  /**
   * Binds both ports and starts the media loops.
   *
   * @throws MediaPortException if a port cannot be bound or this machine lacks what is needed
   */
  public static WebRtcPort open(WebRtcConfig config) {
    return open(config, System::nanoTime);
  }

  /**
   * As {@link #open(WebRtcConfig)}.
   *
   * @param nanoTime the monotonic time source by which peers time out
   * @throws MediaPortException if a port cannot be bound or this machine lacks what is needed
   */
  public static WebRtcPort open(WebRtcConfig config, LongSupplier nanoTime) {
    if (!Epoll.isAvailable()) {
      throw new MediaPortException(
          "The media port needs Linux's epoll: " + Epoll.unavailabilityCause().getMessage(),
          Epoll.unavailabilityCause());
    }
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            config.loops(), new DefaultThreadFactory("media", true), EpollIoHandler.newFactory());
    List<Channel> sockets = new ArrayList<>();
    try {
      return open(config, nanoTime, group, sockets);
    } catch (RuntimeException failed) {
      sockets.forEach(Channel::close);
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw failed;
    }
  }

  private static WebRtcPort open(
      WebRtcConfig config, LongSupplier nanoTime, EventLoopGroup group, List<Channel> sockets) {
    SecureRandom random = new SecureRandom();
    DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    WarmUp.run(identity);
    PortCounters counters = new PortCounters();
    PeerRegistry registry = new PeerRegistry();
    RateLimit refusals = new RateLimit(REFUSALS_PER_SECOND, nanoTime);
    Demultiplexer demultiplexer = new Demultiplexer(registry, counters, refusals);
    List<MediaLoop> loops = new ArrayList<>();
    Map<EventLoop, MediaLoop> byEventLoop = new HashMap<>();
    for (int i = 0; i < config.loops(); i++) {
      EventLoop eventLoop = group.next();
      MediaLoop loop = new MediaLoop(eventLoop, counters, nanoTime, config);
      loops.add(loop);
      byEventLoop.put(eventLoop, loop);
    }
    Map<EventLoop, MediaLoop> frozen = Map.copyOf(byEventLoop);
    TcpPort tcp =
        new TcpPort(
            config, counters, demultiplexer, channel -> loopOf(frozen, channel.eventLoop()));
    sockets.addAll(
        PortSockets.udp(config.bind(), loops, loop -> new UdpHandler(loop, demultiplexer)));
    InetSocketAddress bound = (InetSocketAddress) sockets.getFirst().localAddress();
    if (config.tcp()) {
      InetSocketAddress same = new InetSocketAddress(config.bind().getAddress(), bound.getPort());
      sockets.add(PortSockets.tcp(same, group, tcp));
    }
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).open(sockets.get(i));
    }
    PortSecurity security =
        new PortSecurity(
            identity,
            new Semaphore(config.limits().handshakes(), true),
            config.timeouts().handshake(),
            refusals);
    Admission admission =
        new Admission(
            config,
            candidates(config, bound.getPort()),
            loops,
            registry,
            security,
            new PortNames(random));
    return new WebRtcPort(
        group, loops, sockets, tcp, registry, counters, admission, bound.getPort());
  }

  private static MediaLoop loopOf(Map<EventLoop, MediaLoop> loops, EventLoop eventLoop) {
    MediaLoop loop = loops.get(eventLoop);
    if (loop == null) {
      throw new IllegalStateException("a channel on a loop that is not the port's");
    }
    return loop;
  }

  private static List<Candidate> candidates(WebRtcConfig config, int port) {
    List<InetAddress> addresses = LocalAddresses.toAdvertise(config);
    WebRtcConfig.Advertised told = config.advertised();
    int udp = told.udpPort() == 0 ? port : told.udpPort();
    int tcp = told.tcpPort() == 0 ? port : told.tcpPort();
    return Candidate.of(addresses, udp, config.tcp() ? tcp : 0);
  }

  /**
   * Answers an offer and awaits its peer. Never blocks.
   *
   * @throws OfferRejected if it cannot be answered; nothing is left behind
   */
  public Peer accept(String offer, PeerPlan plan, PeerEvents events) {
    try {
      Peer peer = admission.admit(offer, plan, events);
      counters.answered();
      return peer;
    } catch (OfferRejected rejected) {
      counters.rejected(rejected.reason());
      throw rejected;
    }
  }

  /** The port bound, for UDP and TCP. */
  public int port() {
    return port;
  }

  /** How many peers there are now. */
  public int peers() {
    return registry.all().size();
  }

  /** How many steps were taken by those who came so far: offers answered, handshakes begun. */
  public long steps() {
    return counters.steps();
  }

  /** What was done so far, and is held now. */
  public WebRtcStats stats() {
    Map<String, Integer> peers = new HashMap<>();
    for (Peer peer : registry.all()) {
      peers.merge(peer.state().label(), 1, Integer::sum);
    }
    return counters.snapshot(peers, tcp.connections(), load());
  }

  /** How much there is to do now; cheap. Thread: any. */
  public WebRtcStats.Load load() {
    return new WebRtcStats.Load(
        Duration.ofNanos(loops.stream().mapToLong(MediaLoop::lagNanos).max().orElse(0)),
        loops.stream().mapToDouble(loop -> loop.load().share()).max().orElse(0),
        loops.stream().mapToDouble(loop -> loop.load().capacity()).sum(),
        loops.stream().mapToInt(MediaLoop::inbox).sum(),
        loops.stream().mapToInt(loop -> loop.packed().listeners()).sum(),
        loops.stream().allMatch(loop -> loop.load().isFull()));
  }

  /** Closes every peer, then both ports; returns when all is released. Harmless if closed. */
  @Override
  public void close() {
    if (!admission.close()) {
      return;
    }
    List<Peer> peers = List.copyOf(registry.all());
    peers.forEach(peer -> peer.close(CloseReason.SHUTDOWN));
    await(
        CompletableFuture.allOf(
            peers.stream().map(Peer::released).toArray(CompletableFuture<?>[]::new)));
    loops.forEach(MediaLoop::stop);
    tcp.close();
    sockets.forEach(socket -> socket.close().awaitUninterruptibly());
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void await(CompletableFuture<Void> goodbyes) {
    try {
      goodbyes.get(GOODBYES_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException unheard) {
      // Whoever has not heard goodbye by now finds out by itself.
    }
  }
}
