package org.kakehashi.media.webrtc.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which we can be reached (RFC 8839 §5.1, RFC 6544 §4.5). TCP candidates are passive,
 * and come after every UDP candidate in priority.
 *
 * @param address not a wildcard
 * @param port 1 to 65535
 * @param tcp whether it is TCP rather than UDP
 * @param priority RFC 8445 §5.1.2
 */
public record Candidate(InetAddress address, int port, boolean tcp, long priority) {
  private static final long HOST_UDP = 126L << 24;
  private static final long HOST_TCP = 90L << 24;
  // RFC 6544 §4.2: direction preference 4 for passive host candidates, above the local preference.
  private static final int PASSIVE = 4 << 13;

  /**
   * UDP candidates for all addresses, then TCP ones if {@code tcpPort} is above 0, each in the
   * order of the addresses.
   */
  public static List<Candidate> of(List<InetAddress> addresses, int udpPort, int tcpPort) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      long local = 0xFFFF - i;
      candidates.add(new Candidate(addresses.get(i), udpPort, false, HOST_UDP | local << 8 | 255));
    }
    if (tcpPort > 0) {
      for (int i = 0; i < addresses.size(); i++) {
        long local = PASSIVE | (0x1FFF - i);
        candidates.add(new Candidate(addresses.get(i), tcpPort, true, HOST_TCP | local << 8 | 255));
      }
    }
    return candidates;
  }

  /** The value of {@code a=candidate}; {@code foundation} tells base addresses apart. */
  String attribute(int foundation) {
    return foundation
        + " 1 "
        + (tcp ? "tcp" : "udp")
        + " "
        + priority
        + " "
        + host(address)
        + " "
        + port
        + " typ host"
        + (tcp ? " tcptype passive" : "");
  }

  /** {@code IN IP4 …} or {@code IN IP6 …}. */
  String connection() {
    return (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + host(address);
  }

  private static String host(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
