package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.srtp.PacketBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with its UDP socket, its peers and one ticker for all of them. Everything not said to
 * be for any thread is for this loop's own.
 */
final class MediaLoop {
  private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);

  /** How often peers are looked after: requests for lost packets are worth most when early. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Who watches, but sends nothing that could be asked for again, is looked after less often. */
  private static final int WATCHER_TURNS = 10;

  /** Who only hears, whose line takes the sound or does not: for reports, and whether to pack. */
  private static final int HEARER_TURNS = 25;

  /**
   * Before what may wait: handshakes, HTTP, codecs, the JVM's compiler and collector. A listener
   * hears a pause of 20 ms.
   */
  private static final int NICE = -10;

  /** How many packets may be on their way from other loops. */
  private static final int INBOX = 4_096;

  private final EventLoop eventLoop;
  private final PortCounters counters;
  private final LongSupplier nanoTime;
  private final List<Peer> peers = new ArrayList<>();
  private final List<Peer> hearers = new ArrayList<>();
  private final Set<Channel> unflushed = new LinkedHashSet<>();
  private final AtomicInteger assigned = new AtomicInteger();
  private final AtomicInteger inbox = new AtomicInteger();
  private final PacketBuffer protection = new PacketBuffer();
  private final DatagramBatch batch = new DatagramBatch(new Kernel());
  private final Runnable flushing = this::flush;
  private final LoopLag lag = new LoopLag();
  private final LoopLoad load;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final PackedFeeds packed;
  private long sent;
  private @Nullable Channel udp;
  private @Nullable ScheduledFuture<?> ticker;
  private long tickedAt;
  private int turn;
  private boolean flushes;

  MediaLoop(
      EventLoop eventLoop, PortCounters counters, LongSupplier nanoTime, WebRtcConfig config) {
    this.eventLoop = eventLoop;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.load = new LoopLoad(config.fullAt());
    this.packed = new PackedFeeds(this, config.packing(), load);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  PortCounters counters() {
    return counters;
  }

  /** Takes its socket and starts ticking. Any thread, once. */
  void open(Channel socket) {
    eventLoop.execute(
        () -> {
          udp = socket;
          if (!SystemCalls.goFirst(NICE)) {
            LOG.debug("media threads have no priority over others: that takes CAP_SYS_NICE");
          }
          batch.open(((UnixChannel) socket).fd().intValue());
          tickedAt = System.nanoTime();
          ticker =
              eventLoop.scheduleWithFixedDelay(
                  this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
        });
  }

  /** Stops ticking. Any thread. */
  void stop() {
    run(
        () -> {
          ScheduledFuture<?> running = ticker;
          if (running != null) {
            running.cancel(false);
          }
        });
  }

  /** How many peers were given to this loop and are not closed. Any thread. */
  AtomicInteger assigned() {
    return assigned;
  }

  /** The worst lateness of late. Any thread. */
  long lagNanos() {
    return lag.worstNanos();
  }

  /** How much it has to do. Any thread. */
  LoopLoad load() {
    return load;
  }

  /** How many packets wait here that came in on other loops. Any thread. */
  int inbox() {
    return inbox.get();
  }

  /** The sound of this loop's feeds with several frames in a packet. */
  PackedFeeds packed() {
    return packed;
  }

  /** Runs {@code task} here: at once if this is the loop. Any thread; false if it is closed. */
  boolean run(Runnable task) {
    if (eventLoop.inEventLoop()) {
      task.run();
      return true;
    }
    try {
      eventLoop.execute(task);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /**
   * Hands a packet that came in on another loop over to this one. Any thread.
   *
   * @param packet released by {@code task}, or here if there is no room for it
   */
  void handOver(ByteBuf packet, Runnable task) {
    if (inbox.incrementAndGet() > INBOX) {
      inbox.decrementAndGet();
      packet.release();
      counters.dropped(DropReason.LOOP_QUEUE);
      return;
    }
    boolean accepted =
        run(
            () -> {
              inbox.decrementAndGet();
              task.run();
            });
    if (!accepted) {
      inbox.decrementAndGet();
      packet.release();
    }
  }

  void add(Peer peer) {
    of(peer).add(peer);
  }

  void remove(Peer peer) {
    of(peer).remove(peer);
  }

  private List<Peer> of(Peer peer) {
    return peer.onlyHears() ? hearers : peers;
  }

  /** The port's monotonic time in nanoseconds. Any thread. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** An empty buffer for one packet about to be protected and sent; ask again for the next. */
  ByteBuf outgoing() {
    return batch.next();
  }

  /** The view through which packets are opened, one after the other. */
  PacketBuffer protection() {
    return protection;
  }

  /** A copy of {@code packet} that can be opened in place. */
  ByteBuf heapCopy(ByteBuf packet) {
    ByteBuf copy = ByteBufAllocator.DEFAULT.heapBuffer(packet.readableBytes());
    copy.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
    return copy;
  }

  /** Sends the packet in {@link #outgoing}, with the others of this turn. */
  void sendOutgoing(Path.Udp to) {
    batch.add(to);
    flushSoon();
  }

  void sendUdp(InetSocketAddress to, ByteBuf packet) {
    Channel socket = udp;
    if (socket == null || !socket.isWritable()) {
      packet.release();
      counters.dropped(DropReason.SEND_QUEUE);
      return;
    }
    counters.sent(1, packet.readableBytes());
    socket.write(new DatagramPacket(packet, to), socket.voidPromise());
    unflushed.add(socket);
    flushSoon();
  }

  /**
   * @param picture whether it is dropped before sound
   */
  void sendTcp(Path.Tcp to, ByteBuf packet, boolean picture) {
    Channel connection = to.channel();
    ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
    int length = packet.readableBytes();
    if (waiting == null
        || !to.queue().takes(picture, waiting.totalPendingWriteBytes(), nanoTime.getAsLong())) {
      packet.release();
      counters.dropped(DropReason.SEND_QUEUE);
      return;
    }
    to.queue().added(length);
    counters.sent(1, length);
    connection.write(packet, connection.voidPromise());
    unflushed.add(connection);
    flushSoon();
  }

  /** One flush for all that this turn of the loop writes: one system call for many datagrams. */
  private void flushSoon() {
    if (!flushes) {
      flushes = true;
      eventLoop.execute(flushing);
    }
  }

  private void flush() {
    flushes = false;
    batch.flush();
    for (Channel channel : unflushed) {
      channel.flush();
    }
    unflushed.clear();
  }

  private void tick() {
    long now = System.nanoTime();
    long late = Math.max(0, now - tickedAt - TICK_NANOS);
    lag.observe(late, now);
    load.observe(now, threads.getCurrentThreadCpuTime(), sent, late);
    tickedAt = now;
    turn++;
    for (int i = peers.size() - 1; i >= 0; i--) { // A peer may leave while it is looked after.
      Peer peer = peers.get(i);
      if ((i + turn) % WATCHER_TURNS == 0 || peer.isBusy()) {
        peer.tick();
      }
    }
    // The others are not even touched: thousands of them do not fit into a cache.
    int first = Math.floorMod(turn, HEARER_TURNS);
    for (int i = hearers.size() - 1 - first; i >= 0; i -= HEARER_TURNS) {
      hearers.get(i).tick();
    }
    packed.tick();
  }

  /** What the batch asks for, where the kernel does not take all at once. */
  private final class Kernel implements DatagramBatch.Sender {
    @Override
    public void queue(Path.Udp to, ByteBuf packet) {
      int length = packet.readableBytes();
      sendUdp(to.remote(), ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(packet));
    }

    @Override
    public boolean isQueueing() {
      Channel socket = udp;
      ChannelOutboundBuffer waiting = socket == null ? null : socket.unsafe().outboundBuffer();
      return waiting != null && !waiting.isEmpty();
    }

    @Override
    public void sent(int packets, long bytes) {
      sent += packets;
      counters.sent(packets, bytes);
    }

    @Override
    public void failed() {
      counters.dropped(DropReason.SEND_FAILED);
    }
  }
}
