package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;

/**
 * Protects what is sent to one peer: AES-GCM by OpenSSL where this machine has it, anything else by
 * jitsi-srtp. To be closed, since a part of it lies outside the heap. On the peer's loop.
 */
public final class SrtpSender implements AutoCloseable {
  /** How much longer than in plain text a packet's buffer must be able to grow, in bytes. */
  public static final int ROOM = 64;

  private final Protection protection;

  /** With the keys DTLS agreed on. */
  public SrtpSender(SrtpKeys keys) {
    this(
        keys.profile() == SrtpProfile.AEAD_AES_128_GCM && LibCrypto.get().isPresent()
            ? new NativeGcm(LibCrypto.get().get(), keys)
            : new JitsiProtection(keys));
  }

  SrtpSender(Protection protection) {
    this.protection = protection;
  }

  /** Whether packets are encrypted by OpenSSL here, rather than by the JDK. */
  public static boolean isNative() {
    return LibCrypto.get().isPresent();
  }

  /**
   * Protects the RTP packet in {@code packet}, in place.
   *
   * @param packet outside the heap, with room for {@value #ROOM} bytes more; its writer index moves
   * @param ssrc the packet's own
   * @return whether it may be sent; if not, it must not be, since it may be in plain text
   */
  public boolean protectRtp(ByteBuf packet, int ssrc) {
    return protection.rtp(packet, ssrc);
  }

  /**
   * Protects the compound RTCP packet in {@code packet}, in place.
   *
   * @param packet as in {@link #protectRtp}
   * @param ssrc the first packet's sender
   * @return whether it may be sent
   */
  public boolean protectRtcp(ByteBuf packet, int ssrc) {
    return protection.rtcp(packet, ssrc);
  }

  /** Forgets the keys. Nothing can be protected afterwards. */
  @Override
  public void close() {
    protection.close();
  }
}
