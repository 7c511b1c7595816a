package org.kakehashi.media.webrtc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The connections of the TCP listener: bounded in number, and more strictly those that have not yet
 * proved whose they are, which are closed after a while. Any thread.
 */
final class TcpPort extends ChannelInitializer<SocketChannel> {
  private final WebRtcConfig config;
  private final PortCounters counters;
  private final Demultiplexer demultiplexer;
  private final Function<Channel, MediaLoop> loopOf;
  private final Map<Channel, Boolean> authenticated = new ConcurrentHashMap<>();

  TcpPort(
      WebRtcConfig config,
      PortCounters counters,
      Demultiplexer demultiplexer,
      Function<Channel, MediaLoop> loopOf) {
    this.config = config;
    this.counters = counters;
    this.demultiplexer = demultiplexer;
    this.loopOf = loopOf;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    long halfOpen = authenticated.values().stream().filter(proved -> !proved).count();
    if (authenticated.size() >= config.limits().tcpConnections()
        || halfOpen >= Math.max(1, config.limits().tcpConnections() / 4)) {
      counters.dropped(DropReason.TCP_LIMIT);
      channel.close();
      return;
    }
    authenticated.put(channel, false);
    channel.closeFuture().addListener(closed -> authenticated.remove(channel));
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) TcpQueue.UNSENT);
    frame(channel, loopOf.apply(channel));
    closeUnlessProved(channel);
  }

  /** Lets {@code channel} carry frames (RFC 4571): two bytes of length, then a packet. */
  void frame(Channel channel, MediaLoop loop) {
    channel
        .pipeline()
        .addLast(new LengthFieldBasedFrameDecoder(Demultiplexer.MAX_PACKET, 0, 2, 0, 2))
        .addLast(new LengthFieldPrepender(2))
        .addLast(new TcpHandler(channel, loop, this, demultiplexer));
  }

  private void closeUnlessProved(SocketChannel channel) {
    var timer =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (!isAuthenticated(channel)) {
                    channel.close();
                  }
                },
                config.timeouts().tcp().toMillis(),
                TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }

  /** An authentic check came over {@code channel}. */
  void authenticated(Channel channel) {
    authenticated.computeIfPresent(channel, (same, before) -> true);
  }

  boolean isAuthenticated(Channel channel) {
    return authenticated.getOrDefault(channel, false);
  }

  int connections() {
    return authenticated.size();
  }

  /** Closes every connection. */
  void close() {
    authenticated.keySet().forEach(Channel::close);
  }
}
