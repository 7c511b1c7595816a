package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
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

/**
 * One thread with its UDP socket, its peers and one ticker for all of them. Everything not said to
 * be for any thread is for this loop's own.
 */
final class MediaLoop {
  /** How often peers are looked after: requests for lost packets are worth most when early. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How many packets may be on their way from other loops. */
  private static final int INBOX = 4_096;

  private final EventLoop eventLoop;
  private final PortCounters counters;
  private final LongSupplier nanoTime;
  private final List<Peer> peers = new ArrayList<>();
  private final Set<Channel> unflushed = new LinkedHashSet<>();
  private final AtomicInteger assigned = new AtomicInteger();
  private final AtomicInteger inbox = new AtomicInteger();
  private final PacketBuffer protection = new PacketBuffer();
  private final ByteBuf outgoing = Unpooled.buffer(4_096, 4_096);
  private final LoopLag lag = new LoopLag();
  private @Nullable Channel udp;
  private @Nullable ScheduledFuture<?> ticker;
  private long tickedAt;

  MediaLoop(EventLoop eventLoop, PortCounters counters, LongSupplier nanoTime) {
    this.eventLoop = eventLoop;
    this.counters = counters;
    this.nanoTime = nanoTime;
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
    peers.add(peer);
  }

  void remove(Peer peer) {
    peers.remove(peer);
  }

  /** The port's monotonic time in nanoseconds. Any thread. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** An empty buffer for one packet about to be protected, used again for the next. */
  ByteBuf outgoing() {
    return outgoing.clear();
  }

  /** The view through which packets are protected and opened, one after the other. */
  PacketBuffer protection() {
    return protection;
  }

  /** The packet that {@link #protection} looks at, in a buffer of its own, ready to be sent. */
  ByteBuf protectedCopy() {
    ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(protection.getLength());
    protection.copyTo(copy);
    return copy;
  }

  /** A copy of {@code packet} that can be opened in place. */
  ByteBuf heapCopy(ByteBuf packet) {
    ByteBuf copy = ByteBufAllocator.DEFAULT.heapBuffer(packet.readableBytes());
    copy.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
    return copy;
  }

  void sendUdp(InetSocketAddress to, ByteBuf packet) {
    Channel socket = udp;
    if (socket == null || !socket.isWritable()) {
      packet.release();
      counters.dropped(DropReason.SEND_QUEUE);
      return;
    }
    counters.sent(packet.readableBytes());
    socket.write(new DatagramPacket(packet, to), socket.voidPromise());
    flushSoon(socket);
  }

  void sendTcp(Channel connection, ByteBuf packet) {
    if (!connection.isWritable()) {
      packet.release();
      counters.dropped(DropReason.SEND_QUEUE);
      return;
    }
    counters.sent(packet.readableBytes());
    connection.write(packet, connection.voidPromise());
    flushSoon(connection);
  }

  /** One flush for all that this turn of the loop writes: one system call for many datagrams. */
  private void flushSoon(Channel channel) {
    if (unflushed.isEmpty()) {
      eventLoop.execute(this::flush);
    }
    unflushed.add(channel);
  }

  private void flush() {
    for (Channel channel : unflushed) {
      channel.flush();
    }
    unflushed.clear();
  }

  private void tick() {
    long now = System.nanoTime();
    lag.observe(Math.max(0, now - tickedAt - TICK_NANOS), now);
    tickedAt = now;
    for (int i = peers.size() - 1; i >= 0; i--) { // A peer may leave while it is looked after.
      peers.get(i).tick();
    }
  }
}
