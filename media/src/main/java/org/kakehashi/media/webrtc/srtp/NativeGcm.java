package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * AEAD_AES_128_GCM (RFC 7714) by OpenSSL: in place in memory outside the heap, and without a single
 * object a packet.
 *
 * <pre>
 *   RTP    | header, authenticated | encrypted | tag 16 |
 *   RTCP   | 8 bytes, authenticated | encrypted | tag 16 | E and index, authenticated |
 *   IV     | 0 0 | SSRC | roll-over counter | sequence |   xor salt       (RTP)
 *          | 0 0 | SSRC | 0 0 |    0 and index         |   xor salt       (RTCP)
 * </pre>
 */
final class NativeGcm implements Protection {
  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;
  private static final int INDEX = 4;
  private static final int IV = 12;
  private static final int ENCRYPTED = 0x8000_0000;
  private static final int NONE = -1;

  /** How many bytes behind the packet are written over: tag, index, IV, a length. */
  static final int ROOM = LibCrypto.TAG + INDEX + IV + 4;

  private final LibCrypto crypto;
  private final Keyed rtcp;

  // What each packet needs lies together: of thousands of peers no cache holds everything.
  private final long context;
  private final long saltHigh;
  private final int saltLow;
  private int ssrc;
  private long highest;
  private int current = NONE;
  private boolean closed;

  private int[] ssrcs = new int[2];
  private long[] highests = new long[2];
  private int[] rtcpIndex = new int[2];
  private int senders;

  /** A context with its salt, as two numbers. */
  private record Keyed(long context, long saltHigh, int saltLow) {
    static Keyed of(GcmContexts contexts, SessionKeys keys) {
      ByteBuffer salt = ByteBuffer.wrap(keys.salt());
      return new Keyed(contexts.take(keys.key()), salt.getLong(), salt.getInt());
    }
  }

  NativeGcm(LibCrypto crypto, SrtpKeys keys) {
    this.crypto = crypto;
    Keyed rtp = Keyed.of(crypto.rtp(), SessionKeys.rtp(keys.profile(), keys.local()));
    context = rtp.context();
    saltHigh = rtp.saltHigh();
    saltLow = rtp.saltLow();
    rtcp = Keyed.of(crypto.rtcp(), SessionKeys.rtcp(keys.profile(), keys.local()));
  }

  @Override
  public boolean rtp(ByteBuf packet, int sender) {
    int length = packet.readableBytes();
    if (closed || length < RTP_HEADER) {
      return false;
    }
    int start = packet.readerIndex();
    int header = header(packet, start);
    if (header > length) {
      return false;
    }
    if (sender != ssrc || current == NONE) {
      turnTo(sender);
    }
    long index = index(packet.getUnsignedShort(start + 2));
    packet.ensureWritable(ROOM);
    int end = packet.writerIndex();
    int iv = end + LibCrypto.TAG;
    long high = (ssrc & 0xFFFF_FFFFL) << 16 | index >>> 32 & 0xFFFF; // 48 bits
    packet.setLong(iv, high ^ saltHigh);
    packet.setInt(iv + Long.BYTES, (int) index ^ saltLow);
    long base = packet.memoryAddress();
    boolean good =
        crypto.encrypt(
            context,
            base + iv,
            base + iv + IV,
            base + start,
            header,
            0,
            0,
            base + start + header,
            length - header);
    packet.writerIndex(end + LibCrypto.TAG);
    return good;
  }

  private static int header(ByteBuf packet, int start) {
    int flags = packet.getByte(start);
    int header = RTP_HEADER + 4 * (flags & 0x0F);
    if ((flags & 0x10) == 0) {
      return header;
    }
    if (header + 4 > packet.readableBytes()) {
      return Integer.MAX_VALUE;
    }
    return header + 4 + 4 * packet.getUnsignedShort(start + header + 2);
  }

  @Override
  public boolean rtcp(ByteBuf packet, int from) {
    int length = packet.readableBytes();
    if (closed || length < RTCP_HEADER) {
      return false;
    }
    int sender = sender(from);
    int index = rtcpIndex[sender]++ & ~ENCRYPTED;
    int start = packet.readerIndex();
    packet.ensureWritable(ROOM);
    int end = packet.writerIndex();
    int word = end + LibCrypto.TAG;
    int iv = word + INDEX;
    packet.setInt(word, index | ENCRYPTED);
    packet.setLong(iv, (from & 0xFFFF_FFFFL) << 16 ^ rtcp.saltHigh);
    packet.setInt(iv + Long.BYTES, index ^ rtcp.saltLow);
    long base = packet.memoryAddress();
    boolean good =
        crypto.encrypt(
            rtcp.context,
            base + iv,
            base + iv + IV,
            base + start,
            RTCP_HEADER,
            base + word,
            INDEX,
            base + start + RTCP_HEADER,
            length - RTCP_HEADER);
    packet.writerIndex(iv);
    return good;
  }

  /** Counts on from the highest packet of {@code sender}, and keeps that of the one before. */
  private void turnTo(int sender) {
    if (current != NONE) {
      highests[current] = highest;
    }
    current = sender(sender);
    ssrc = sender;
    highest = highests[current];
  }

  private int sender(int wanted) {
    for (int i = 0; i < senders; i++) {
      if (ssrcs[i] == wanted) {
        return i;
      }
    }
    if (senders == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, 2 * senders);
      highests = Arrays.copyOf(highests, 2 * senders);
      rtcpIndex = Arrays.copyOf(rtcpIndex, 2 * senders);
    }
    ssrcs[senders] = wanted;
    highests[senders] = -1;
    rtcpIndex[senders] = 0;
    return senders++;
  }

  /** The 48 bits of roll-over counter and sequence (RFC 3711 §3.3.1), nearest to the highest. */
  private long index(int sequence) {
    long before = highest;
    if (before < 0) {
      highest = sequence;
      return sequence;
    }
    long nearest = before + (short) (sequence - (int) before);
    if (nearest < 0) {
      return nearest + 0x1_0000;
    }
    highest = Math.max(before, nearest);
    return nearest;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      crypto.rtp().giveBack(context);
      crypto.rtcp().giveBack(rtcp.context);
    }
  }
}
