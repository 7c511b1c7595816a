package org.kakehashi.media.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;

/**
 * Protects what is sent to one peer, with one context for each SSRC of ours. On the peer's loop.
 */
public final class SrtpSender {
  private final SrtpContextFactory contexts;
  private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();

  /** With the keys DTLS agreed on. */
  public SrtpSender(SrtpKeys keys) {
    contexts = SrtpContexts.factory(true, keys.profile(), keys.local());
  }

  /**
   * Protects the RTP packet in {@code packet}, in place.
   *
   * @param ssrc the packet's own
   * @return whether it may be sent; if not, it must not be, since it may be in plain text
   */
  public boolean protectRtp(PacketBuffer packet, int ssrc) {
    try {
      SrtpCryptoContext context = rtp.get(ssrc);
      if (context == null) {
        context = contexts.deriveContext(ssrc, 0);
        rtp.put(ssrc, context);
      }
      return context.transformPacket(packet) == SrtpErrorStatus.OK;
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  /**
   * Protects the compound RTCP packet in {@code packet}, in place.
   *
   * @param ssrc the first packet's sender
   * @return whether it may be sent
   */
  public boolean protectRtcp(PacketBuffer packet, int ssrc) {
    try {
      SrtcpCryptoContext context = rtcp.get(ssrc);
      if (context == null) {
        context = contexts.deriveControlContext(ssrc);
        rtcp.put(ssrc, context);
      }
      return context.transformPacket(packet) == SrtpErrorStatus.OK;
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  /** Forgets the keys. Nothing can be protected afterwards. */
  public void close() {
    rtp.clear();
    rtcp.clear();
    contexts.close();
  }
}
