package org.kakehashi.media.webrtc;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Binds one UDP socket a loop and one TCP listener, all on the same port. */
final class PortSockets {
  /** As much as one system call brings in. */
  private static final int DATAGRAMS_PER_READ = 16;

  private static final int SOCKET_BUFFER = 4 * 1024 * 1024;

  /** How much may wait to be sent, in bytes, before packets are dropped. */
  private static final WriteBufferWaterMark BACKLOG =
      new WriteBufferWaterMark(2 * 1024 * 1024, 4 * 1024 * 1024);

  private PortSockets() {}

  /**
   * Binds UDP for each loop.
   *
   * @throws MediaPortException if the port is taken or not allowed
   */
  static List<Channel> udp(
      InetSocketAddress bind, List<MediaLoop> loops, Function<MediaLoop, ChannelHandler> handler) {
    List<Channel> sockets = new ArrayList<>();
    InetSocketAddress address = bind;
    for (MediaLoop loop : loops) {
      ChannelFuture bound =
          new Bootstrap()
              .group(loop.eventLoop())
              .channel(EpollDatagramChannel.class)
              .option(UnixChannelOption.SO_REUSEPORT, true)
              .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
              .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, BACKLOG)
              .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, Demultiplexer.MAX_PACKET + 1)
              .option(
                  ChannelOption.RECVBUF_ALLOCATOR,
                  new FixedRecvByteBufAllocator(
                      (Demultiplexer.MAX_PACKET + 1) * DATAGRAMS_PER_READ))
              .handler(handler.apply(loop))
              .bind(address)
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        sockets.forEach(Channel::close);
        throw failed("UDP", address, bound.cause());
      }
      sockets.add(bound.channel());
      if (address.getPort() == 0) {
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        address = new InetSocketAddress(bind.getAddress(), port);
      }
    }
    return sockets;
  }

  /**
   * Binds the TCP listener.
   *
   * @throws MediaPortException if the port is taken or not allowed
   */
  static Channel tcp(InetSocketAddress address, EventLoopGroup loops, ChannelHandler handler) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 128)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(handler)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failed("TCP", address, bound.cause());
    }
    return bound.channel();
  }

  private static MediaPortException failed(
      String protocol, InetSocketAddress address, Throwable cause) {
    return new MediaPortException(
        "The media port " + protocol + " " + address + " cannot be opened: " + cause.getMessage(),
        cause);
  }
}
