package org.kakehashi.media.webrtc;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The addresses of this machine that clients can be told to use. */
final class LocalAddresses {
  private static final int MAX = 8;

  private LocalAddresses() {}

  /**
   * What to advertise: what the configuration says, else the address bound to, else those of the
   * machine's interfaces, IPv4 first. Loopback only if there is nothing else, since browsers use no
   * candidate on it.
   */
  static List<InetAddress> toAdvertise(WebRtcConfig config) {
    if (!config.advertised().addresses().isEmpty()) {
      return config.advertised().addresses();
    }
    InetAddress bound = config.bind().getAddress();
    if (bound != null && !bound.isAnyLocalAddress()) {
      return List.of(bound);
    }
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && !each.isLoopback()) {
          found.addAll(Collections.list(each.getInetAddresses()));
        }
      }
    } catch (SocketException unreadable) {
      found.clear(); // As on a machine without a network.
    }
    found.removeIf(a -> a.isLoopbackAddress() || a.isLinkLocalAddress() || a.isMulticastAddress());
    found.sort(Comparator.comparing(a -> !(a instanceof Inet4Address)));
    return found.isEmpty()
        ? List.of(InetAddress.getLoopbackAddress())
        : List.copyOf(found.subList(0, Math.min(MAX, found.size())));
  }
}
