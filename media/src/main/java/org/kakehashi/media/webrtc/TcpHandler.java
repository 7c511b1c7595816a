package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.ice.StunRequest;

/**
 * One TCP connection (RFC 6544), which carries one packet a frame (RFC 4571). It begins with a
 * check; that one says whose it is, and the connection then moves to that peer's loop.
 *
 * <p>On the connection's loop, which changes once: nothing is read while it does.
 */
final class TcpHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private final Channel channel;
  private final TcpPort port;
  private final Demultiplexer demultiplexer;
  private final TcpQueue queue;
  private MediaLoop loop;
  private @Nullable Peer peer;
  private Path.@Nullable Tcp path;

  TcpHandler(Channel channel, MediaLoop loop, TcpPort port, Demultiplexer demultiplexer) {
    this.channel = channel;
    this.loop = loop;
    this.port = port;
    this.demultiplexer = demultiplexer;
    this.queue = new TcpQueue(loop.now());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
    loop.counters().received(frame.readableBytes());
    PacketKind kind = demultiplexer.kind(frame);
    Peer known = peer;
    switch (kind) {
      case STUN -> check(frame);
      case DTLS, RTP, RTCP -> {
        if (known == null) {
          reject();
        } else if (port.isAuthenticated(channel)) {
          known.packet(kind, frame);
        } else {
          loop.counters().dropped(DropReason.UNKNOWN_ADDRESS);
        }
      }
      case OTHER -> {
        if (known == null) {
          reject();
        }
      }
    }
  }

  private void check(ByteBuf frame) {
    StunRequest request = demultiplexer.request(frame).orElse(null);
    Peer known = peer;
    if (request == null) {
      if (known == null) {
        reject();
      }
      return;
    }
    Peer addressee = demultiplexer.addressee(request).orElse(null);
    if (addressee == null || known != null && known != addressee) {
      demultiplexer.refuse(new Path.Tcp(loop, channel, port, queue), request);
      return;
    }
    Path.Tcp toPeer = path;
    if (toPeer != null) {
      addressee.check(toPeer, request);
      return;
    }
    peer = addressee;
    move(addressee, request);
  }

  /** Takes the connection to its peer's loop, then lets the peer see the check. */
  private void move(Peer addressee, StunRequest request) {
    MediaLoop home = addressee.home();
    Path.Tcp toPeer = new Path.Tcp(home, channel, port, queue);
    path = toPeer;
    if (home == loop) {
      addressee.check(toPeer, request);
      return;
    }
    channel.config().setAutoRead(false);
    channel
        .deregister()
        .addListener(
            left ->
                home.eventLoop()
                    .register(channel)
                    .addListener(
                        arrived -> {
                          if (!arrived.isSuccess()) {
                            channel.close();
                            return;
                          }
                          loop = home;
                          addressee.check(toPeer, request);
                          channel.config().setAutoRead(true);
                        }));
  }

  private void reject() {
    loop.counters().dropped(DropReason.TCP_MALFORMED);
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Peer known = peer;
    Path.Tcp toPeer = path;
    if (known != null && toPeer != null) {
      known.home().run(() -> known.lost(toPeer));
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof io.netty.handler.codec.DecoderException) {
      loop.counters().dropped(DropReason.TCP_MALFORMED);
    }
    channel.close(); // A reset or a broken frame: the stream cannot be trusted to be in step.
  }
}
