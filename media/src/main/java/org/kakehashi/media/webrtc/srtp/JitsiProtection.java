package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;

/**
 * Every profile by jitsi-srtp's contexts, one for each SSRC of ours. They want an array: the packet
 * is copied there and back.
 */
final class JitsiProtection implements Protection {
  private final SrtpContextFactory contexts;
  private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();
  private final PacketBuffer view = new PacketBuffer();

  JitsiProtection(SrtpKeys keys) {
    contexts = SrtpContexts.factory(true, keys.profile(), keys.local());
  }

  @Override
  public boolean rtp(ByteBuf packet, int ssrc) {
    try {
      SrtpCryptoContext context = rtp.get(ssrc);
      if (context == null) {
        context = contexts.deriveContext(ssrc, 0);
        rtp.put(ssrc, context);
      }
      view(packet);
      return context.transformPacket(view) == SrtpErrorStatus.OK && copyBack(packet);
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  @Override
  public boolean rtcp(ByteBuf packet, int ssrc) {
    try {
      SrtcpCryptoContext context = rtcp.get(ssrc);
      if (context == null) {
        context = contexts.deriveControlContext(ssrc);
        rtcp.put(ssrc, context);
      }
      view(packet);
      return context.transformPacket(view) == SrtpErrorStatus.OK && copyBack(packet);
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  private void view(ByteBuf packet) {
    int length = packet.readableBytes();
    ByteBuf array = Unpooled.buffer(length + PacketBuffer.MAX_TRAILER);
    array.writeBytes(packet, packet.readerIndex(), length);
    view.view(array);
  }

  /**
   * False if it got no longer, and so no tag: the JDK's GCM refuses the same packet twice in a row.
   */
  private boolean copyBack(ByteBuf packet) {
    if (view.getLength() <= packet.readableBytes()) {
      return false;
    }
    packet.writerIndex(packet.readerIndex());
    view.copyTo(packet);
    return true;
  }

  @Override
  public void close() {
    rtp.clear();
    rtcp.clear();
    contexts.close();
  }
}
