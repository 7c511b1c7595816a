package org.kakehashi.media.webrtc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An address as the kernel wants it, ready to be copied: {@code sockaddr_in} is the first 8 bytes
 * and zeros, {@code sockaddr_in6} the 28 of all four.
 *
 * <pre>
 *   | family 2 | port 2 | IPv4 address 4 |
 *   | family 2 | port 2 | flow 4 | IPv6 address 16, an IPv4 one mapped (RFC 4291 §2.5.5.2) | scope 4 |
 * </pre>
 *
 * @param inet the first 8 bytes for IPv4; 0 if the address is none
 * @param inet6 the first 8 bytes for IPv6
 * @param high the IPv6 address's first half
 * @param low its second half
 * @param scope of a link-local address
 */
record SocketName(long inet, long inet6, long high, long low, int scope) {
  /** How many bytes to keep for one. */
  static final int SPACE = 32;

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  private static final int INET_LENGTH = 16;
  private static final int INET6_LENGTH = 28;

  static SocketName of(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    if (bytes.length == 4) {
      int word = ByteBuffer.wrap(bytes).getInt();
      return new SocketName(
          first(AF_INET, address.getPort(), word),
          first(AF_INET6, address.getPort(), 0),
          0,
          order(0xFFFF_0000_0000L | word & 0xFFFF_FFFFL),
          0);
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    int scope = address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
    return new SocketName(
        0,
        first(AF_INET6, address.getPort(), 0),
        order(words.getLong()),
        order(words.getLong()),
        scope);
  }

  private static long first(int family, int port, int address) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    bytes.putShort(0, (short) family).order(ByteOrder.BIG_ENDIAN);
    return bytes
        .putShort(2, (short) port)
        .putInt(4, address)
        .order(ByteOrder.nativeOrder())
        .getLong(0);
  }

  private static long order(long network) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? network : Long.reverseBytes(network);
  }

  /** Whether a socket of this family can send there. */
  boolean isFor(int family) {
    return family == AF_INET6 || inet != 0;
  }

  /** Writes it for a socket of a family; returns its length. */
  int write(MemorySegment target, long at, int family) {
    if (family == AF_INET) {
      target.set(ValueLayout.JAVA_LONG, at, inet);
      target.set(ValueLayout.JAVA_LONG, at + 8, 0);
      return INET_LENGTH;
    }
    target.set(ValueLayout.JAVA_LONG, at, inet6);
    target.set(ValueLayout.JAVA_LONG, at + 8, high);
    target.set(ValueLayout.JAVA_LONG, at + 16, low);
    target.set(ValueLayout.JAVA_INT, at + 24, scope);
    return INET6_LENGTH;
  }
}
