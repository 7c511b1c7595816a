package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A way to a peer: equal if it leads to the same place. Used on the peer's loop. */
sealed interface Path {
  /** The other end, as we see it. */
  InetSocketAddress remote();

  /** Queues a packet, to be flushed with whatever else the loop sends now. Takes the packet. */
  void send(ByteBuf packet);

  /**
   * Queues the packet that was written to the loop's {@link MediaLoop#outgoing}.
   *
   * @param packet that buffer
   */
  void sendOutgoing(ByteBuf packet);

  /** Over the loop's own UDP socket. */
  final class Udp implements Path {
    private final MediaLoop loop;
    private final InetSocketAddress remote;
    private final SocketName name;
    private boolean takesCut = true;

    Udp(MediaLoop loop, InetSocketAddress remote) {
      this.loop = loop;
      this.remote = remote;
      this.name = SocketName.of(remote);
    }

    @Override
    public InetSocketAddress remote() {
      return remote;
    }

    /** The other end, as the kernel wants it. */
    SocketName name() {
      return name;
    }

    /** Whether the kernel may be given several datagrams at once, as far as is known. */
    boolean takesCut() {
      return takesCut;
    }

    /** The kernel would not cut them: the way is too narrow, or its device cannot. */
    void refusedCut() {
      takesCut = false;
    }

    @Override
    public void sendOutgoing(ByteBuf packet) {
      loop.sendOutgoing(this);
    }

    @Override
    public void send(ByteBuf packet) {
      loop.sendUdp(remote, packet);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Udp udp && udp.loop == loop && udp.remote.equals(remote);
    }

    @Override
    public int hashCode() {
      return remote.hashCode();
    }
  }

  /**
   * Over a TCP connection the peer made, which lives on the same loop.
   *
   * @param queue the connection's
   */
  record Tcp(MediaLoop loop, Channel channel, TcpPort port, TcpQueue queue) implements Path {
    @Override
    public InetSocketAddress remote() {
      return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public void sendOutgoing(ByteBuf packet) {
      loop.sendTcp(this, copy(packet), false);
    }

    /** As {@link #sendOutgoing}, for what goes last where the line is narrow. */
    void sendPicture(ByteBuf packet) {
      loop.sendTcp(this, copy(packet), true);
    }

    @Override
    public void send(ByteBuf packet) {
      loop.sendTcp(this, packet, false);
    }

    private static ByteBuf copy(ByteBuf packet) {
      return ByteBufAllocator.DEFAULT.directBuffer(packet.readableBytes()).writeBytes(packet);
    }
  }
}
