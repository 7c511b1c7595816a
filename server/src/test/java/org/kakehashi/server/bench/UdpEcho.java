package org.kakehashi.server.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A datagram's way to another thread's socket and back, without anything done to it: what the
 * machine and its load cost by themselves.
 */
final class UdpEcho implements AutoCloseable {
  private static final int LENGTH = 200;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
  private final Channel there = bind((c, packet) -> c.writeAndFlush(back(packet)));
  private final Channel here;
  private final Delays delays = new Delays();

  UdpEcho() {
    here =
        bind(
            (c, packet) -> {
              long took = System.nanoTime() - packet.content().readLong();
              synchronized (delays) {
                delays.add(took);
              }
            });
  }

  private static DatagramPacket back(DatagramPacket packet) {
    return new DatagramPacket(packet.content().retain(), packet.sender());
  }

  private Channel bind(BiConsumer<ChannelHandlerContext, DatagramPacket> action) {
    return new Bootstrap()
        .group(loops)
        .channel(EpollDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext c, DatagramPacket packet) {
                action.accept(c, packet);
              }
            })
        .bind("127.0.0.1", 0)
        .syncUninterruptibly()
        .channel();
  }

  /** Sends one. */
  void send() {
    long now = System.nanoTime();
    here.eventLoop()
        .execute(
            () ->
                here.writeAndFlush(
                    new DatagramPacket(
                        Unpooled.buffer(LENGTH).writeLong(now).writeZero(LENGTH - 8),
                        (InetSocketAddress) there.localAddress()),
                    here.voidPromise()));
  }

  /** Forgets those that have come back. */
  void restart() {
    synchronized (delays) {
      delays.clear();
    }
  }

  /** How long they took, once all have come back. */
  Delays delays() {
    synchronized (delays) {
      return delays;
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
