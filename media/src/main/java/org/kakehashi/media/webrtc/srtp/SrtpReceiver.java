package org.kakehashi.media.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.BaseSrtpCryptoContext;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;

/**
 * Opens what one peer sends. A sender's context is kept only once a packet of it was authentic, so
 * that nobody else can fill the table. On the peer's loop.
 */
public final class SrtpReceiver {
  private static final int MAX_SENDERS = 32;
  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;

  private final SrtpContextFactory contexts;
  private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();

  /** With the keys DTLS agreed on. */
  public SrtpReceiver(SrtpKeys keys) {
    contexts = SrtpContexts.factory(false, keys.profile(), keys.remote());
  }

  /** Opens the SRTP packet in {@code packet}, in place. */
  public Opened openRtp(PacketBuffer packet) {
    if (packet.getLength() < RTP_HEADER || !headerFits(packet)) {
      return Opened.MALFORMED;
    }
    int ssrc = int32(packet, 8);
    try {
      SrtpCryptoContext known = rtp.get(ssrc);
      if (known == null && rtp.size() >= MAX_SENDERS) {
        return Opened.FORGED;
      }
      SrtpCryptoContext context = known == null ? contexts.deriveContext(ssrc, 0) : known;
      Opened opened = opened(context.reverseTransformPacket(packet, false));
      keep(ssrc, known, context, opened, rtp);
      return opened;
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return Opened.MALFORMED;
    }
  }

  /** Opens the SRTCP packet in {@code packet}, in place. */
  public Opened openRtcp(PacketBuffer packet) {
    if (packet.getLength() < RTCP_HEADER) {
      return Opened.MALFORMED;
    }
    int ssrc = int32(packet, 4);
    try {
      SrtcpCryptoContext known = rtcp.get(ssrc);
      if (known == null && rtcp.size() >= MAX_SENDERS) {
        return Opened.FORGED;
      }
      SrtcpCryptoContext context = known == null ? contexts.deriveControlContext(ssrc) : known;
      Opened opened = opened(context.reverseTransformPacket(packet));
      keep(ssrc, known, context, opened, rtcp);
      return opened;
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return Opened.MALFORMED;
    }
  }

  /** Forgets the keys. Nothing can be opened afterwards. */
  public void close() {
    rtp.clear();
    rtcp.clear();
    contexts.close();
  }

  private static <C extends BaseSrtpCryptoContext> void keep(
      int ssrc, @Nullable C known, C context, Opened opened, Map<Integer, C> kept) {
    if (known == null && opened == Opened.PLAIN) {
      kept.put(ssrc, context);
    }
  }

  private static boolean headerFits(PacketBuffer packet) {
    byte[] bytes = packet.getBuffer();
    int at = packet.getOffset();
    int length = RTP_HEADER + (bytes[at] & 0x0F) * 4;
    if ((bytes[at] & 0x10) != 0) {
      if (length + 4 > packet.getLength()) {
        return false;
      }
      length += 4 + 4 * ((bytes[at + length + 2] & 0xFF) << 8 | bytes[at + length + 3] & 0xFF);
    }
    return length <= packet.getLength();
  }

  private static Opened opened(SrtpErrorStatus status) {
    return switch (status) {
      case OK -> Opened.PLAIN;
      case REPLAY_FAIL, REPLAY_OLD -> Opened.REPLAYED;
      case AUTH_FAIL -> Opened.FORGED;
      case FAIL, INVALID_PACKET -> Opened.MALFORMED;
    };
  }

  private static int int32(PacketBuffer packet, int index) {
    byte[] bytes = packet.getBuffer();
    int at = packet.getOffset() + index;
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }
}
