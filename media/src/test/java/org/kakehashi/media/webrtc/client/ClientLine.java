package org.kakehashi.media.webrtc.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client's socket to the server: UDP, or TCP with its packets framed (RFC 4571). */
final class ClientLine {
  private final Channel channel;
  private final InetSocketAddress remote;

  private ClientLine(Channel channel, InetSocketAddress remote) {
    this.channel = channel;
    this.remote = remote;
  }

  /**
   * @param received gets each packet, on the socket's event loop; the buffer stays the line's
   */
  static CompletableFuture<ClientLine> udp(
      EventLoopGroup group, InetSocketAddress remote, Consumer<ByteBuf> received) {
    return opened(
        new Bootstrap()
            .group(group)
            .channel(EpollDatagramChannel.class)
            .handler(
                new SimpleChannelInboundHandler<DatagramPacket>() {
                  @Override
                  protected void channelRead0(ChannelHandlerContext c, DatagramPacket packet) {
                    received.accept(packet.content());
                  }
                })
            .bind(0),
        remote);
  }

  /** As {@link #udp}. */
  static CompletableFuture<ClientLine> tcp(
      EventLoopGroup group, InetSocketAddress remote, Consumer<ByteBuf> received) {
    return opened(
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel c) {
                    c.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(65_537, 0, 2, 0, 2))
                        .addLast(new LengthFieldPrepender(2))
                        .addLast(frames(received));
                  }
                })
            .connect(remote),
        remote);
  }

  private static ChannelHandler frames(Consumer<ByteBuf> received) {
    return new SimpleChannelInboundHandler<ByteBuf>() {
      @Override
      protected void channelRead0(ChannelHandlerContext c, ByteBuf frame) {
        received.accept(frame);
      }
    };
  }

  private static CompletableFuture<ClientLine> opened(
      ChannelFuture opening, InetSocketAddress remote) {
    CompletableFuture<ClientLine> line = new CompletableFuture<>();
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            line.complete(new ClientLine(opening.channel(), remote));
          } else {
            line.completeExceptionally(done.cause());
          }
        });
    return line;
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  /** Goes on reading what came, or stops. */
  void read(boolean on) {
    channel.config().setAutoRead(on);
  }

  /** Sends {@code packet} and releases it. */
  void write(ByteBuf packet) {
    channel.writeAndFlush(
        channel instanceof EpollDatagramChannel ? new DatagramPacket(packet, remote) : packet,
        channel.voidPromise());
  }

  /** Closes it; what was written before is sent first. */
  ChannelFuture close() {
    return channel.close();
  }
}
