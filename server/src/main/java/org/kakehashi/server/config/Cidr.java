package org.kakehashi.server.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param address any address in the range
 * @param bits how many leading bits all of the range have in common
 */
public record Cidr(InetAddress address, int bits) {

  /**
   * Reads a range, or a single address.
   *
   * @throws IllegalArgumentException with the rest of the sentence "key …" if it is neither
   */
  public static Cidr of(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = address.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= most) {
        return new Cidr(address, bits);
      }
    } catch (IllegalArgumentException e) {
      // Neither; said below.
    }
    throw new IllegalArgumentException(
        "must be an address or a range such as 10.0.0.0/8, not \"" + text + "\".");
  }

  /** Whether {@code candidate} is in this range; an address of the other family never is. */
  public boolean contains(InetAddress candidate) {
    byte[] mine = address.getAddress();
    byte[] other = candidate.getAddress();
    int whole = bits / 8;
    int rest = bits % 8;
    if (mine.length != other.length || Arrays.mismatch(mine, 0, whole, other, 0, whole) >= 0) {
      return false;
    }
    int mask = 0xff << (8 - rest);
    return rest == 0 || (mine[whole] & mask & 0xff) == (other[whole] & mask & 0xff);
  }
}
