package org.kakehashi.media.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link WebRtcPort} is set up. Immutable; start from {@link #onPort} and change what differs
 * with the {@code with…} methods.
 *
 * @param bind where to listen; port 0 takes any free one, the same for UDP and TCP
 * @param advertised what clients are told to use
 * @param tcp whether ICE-TCP (RFC 6544) is offered
 * @param loops how many media loops, at least 1
 * @param limits how much of what at once
 * @param timeouts how long is waited for what
 * @param packing whether sound is sent several frames to a packet
 * @param fullAt the share of a loop's time, above 0 to 1, from which on it takes no more listeners
 */
public record WebRtcConfig(
    InetSocketAddress bind,
    Advertised advertised,
    boolean tcp,
    int loops,
    Limits limits,
    Timeouts timeouts,
    Packing packing,
    double fullAt) {

  /** What holds where nothing else is said: beyond it, a burst finds no time left. */
  public static final double FULL_AT = 0.85;

  /**
   * What clients are told to use.
   *
   * @param addresses such as the public address before a NAT; empty to find them on the machine
   * @param udpPort 0 for the bound one
   * @param tcpPort such as 443; 0 for the bound one
   */
  public record Advertised(List<InetAddress> addresses, int udpPort, int tcpPort) {
    /** Checks the ranges. */
    public Advertised {
      addresses = List.copyOf(addresses);
      requirePort("udpPort", udpPort);
      requirePort("tcpPort", tcpPort);
    }
  }

  /**
   * How much at once; all at least 1.
   *
   * @param peers more offers are refused; a twentieth is kept for {@linkplain PeerPlan#essential
   *     essential} peers
   * @param handshakes DTLS handshakes that are computed; more of them wait their turn
   * @param tcpConnections more are closed on arrival
   * @param offerChars the longest offer that is read, in characters
   * @param bitsPerListener the most that a listener whose line can be measured is sent, in bit/s
   */
  public record Limits(
      int peers, int handshakes, int tcpConnections, int offerChars, long bitsPerListener) {
    /** Checks the ranges. */
    public Limits {
      requirePositive("peers", peers);
      requirePositive("handshakes", handshakes);
      requirePositive("tcpConnections", tcpConnections);
      requirePositive("offerChars", offerChars);
      requirePositive("bitsPerListener", bitsPerListener);
    }
  }

  /**
   * How long is waited; all at least a millisecond.
   *
   * @param ice a peer may take to its first authenticated check
   * @param handshake DTLS may take after that
   * @param consent a peer stays without an authenticated check (RFC 7675 §5.1)
   * @param tcp a TCP connection may take to its first authenticated check
   */
  public record Timeouts(Duration ice, Duration handshake, Duration consent, Duration tcp) {
    /** Checks the ranges. */
    public Timeouts {
      requirePositive("ice", ice.toMillis());
      requirePositive("handshake", handshake.toMillis());
      requirePositive("consent", consent.toMillis());
      requirePositive("tcp", tcp.toMillis());
    }
  }

  /** Checks the ranges. */
  public WebRtcConfig {
    requirePositive("loops", loops);
    if (!(fullAt > 0 && fullAt <= 1)) {
      throw new IllegalArgumentException("fullAt must be above 0 to 1, not " + fullAt);
    }
  }

  /** The defaults, listening on every address of the machine. */
  public static WebRtcConfig onPort(int port) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new WebRtcConfig(
        new InetSocketAddress(port),
        new Advertised(List.of(), 0, 0),
        true,
        processors,
        new Limits(20_000, Math.max(1, processors - 1), 4_096, 64 * 1024, 12_000_000),
        new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10)),
        Packing.NEVER,
        FULL_AT);
  }

  /** Listens on one address instead of all. */
  public WebRtcConfig withBind(InetSocketAddress value) {
    return new WebRtcConfig(value, advertised, tcp, loops, limits, timeouts, packing, fullAt);
  }

  /** Tells clients to use these addresses and ports. */
  public WebRtcConfig withAdvertised(Advertised value) {
    return new WebRtcConfig(bind, value, tcp, loops, limits, timeouts, packing, fullAt);
  }

  /** Offers ICE-TCP or not. */
  public WebRtcConfig withTcp(boolean value) {
    return new WebRtcConfig(bind, advertised, value, loops, limits, timeouts, packing, fullAt);
  }

  /** Runs this many media loops. */
  public WebRtcConfig withLoops(int value) {
    return new WebRtcConfig(bind, advertised, tcp, value, limits, timeouts, packing, fullAt);
  }

  /** Bounds what there may be at once. */
  public WebRtcConfig withLimits(Limits value) {
    return new WebRtcConfig(bind, advertised, tcp, loops, value, timeouts, packing, fullAt);
  }

  /** Sets how long is waited. */
  public WebRtcConfig withTimeouts(Timeouts value) {
    return new WebRtcConfig(bind, advertised, tcp, loops, limits, value, packing, fullAt);
  }

  /** Sends sound several frames to a packet, or not. */
  public WebRtcConfig withPacking(Packing value) {
    return new WebRtcConfig(bind, advertised, tcp, loops, limits, timeouts, value, fullAt);
  }

  /** Takes no more listeners where a loop is busy for so much of its time. */
  public WebRtcConfig withFullAt(double value) {
    return new WebRtcConfig(bind, advertised, tcp, loops, limits, timeouts, packing, value);
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException(name + " must be 0 to 65535, not " + port);
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
