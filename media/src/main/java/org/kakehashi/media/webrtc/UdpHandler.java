package org.kakehashi.media.webrtc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** A loop's UDP socket. On that loop. */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private final MediaLoop loop;
  private final Demultiplexer demultiplexer;

  UdpHandler(MediaLoop loop, Demultiplexer demultiplexer) {
    this.loop = loop;
    this.demultiplexer = demultiplexer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    demultiplexer.datagram(loop, datagram.sender(), datagram.content());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A datagram the kernel would not take: unreachable network, a firewall. Others may still pass.
    loop.counters().dropped(DropReason.SEND_FAILED);
  }
}
