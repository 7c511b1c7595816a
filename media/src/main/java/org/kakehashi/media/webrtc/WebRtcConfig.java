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
 * @param advertised the addresses clients are told to use, such as the public address before a NAT;
 *     empty to find them on the machine's interfaces
 * @param advertisedUdpPort the UDP port clients are told to use; 0 for the bound one
 * @param advertisedTcpPort the TCP port clients are told to use, such as 443; 0 for the bound one
 * @param tcp whether ICE-TCP (RFC 6544) is offered
 * @param loops how many media loops, at least 1
 * @param maxPeers how many peers at once; more offers are refused
 * @param maxHandshakes how many DTLS handshakes are computed at once; more of them wait their turn
 * @param maxTcpConnections how many TCP connections at once; more are closed on arrival
 * @param maxOfferChars the longest offer that is read, in characters
 * @param iceTimeout how long a peer may take to its first authenticated check
 * @param handshakeTimeout how long DTLS may take after that
 * @param consentTimeout how long a peer stays without an authenticated check (RFC 7675 §5.1)
 * @param tcpTimeout how long a TCP connection may take to its first authenticated check
 * @param packing whether sound is sent several frames to a packet
 * @param mostBitsPerListener the most that a listener whose line can be measured is sent, in bit/s
 */
public record WebRtcConfig(
    InetSocketAddress bind,
    List<InetAddress> advertised,
    int advertisedUdpPort,
    int advertisedTcpPort,
    boolean tcp,
    int loops,
    int maxPeers,
    int maxHandshakes,
    int maxTcpConnections,
    int maxOfferChars,
    Duration iceTimeout,
    Duration handshakeTimeout,
    Duration consentTimeout,
    Duration tcpTimeout,
    Packing packing,
    long mostBitsPerListener) {

  /** Checks the ranges. */
  public WebRtcConfig {
    advertised = List.copyOf(advertised);
    requirePort("advertisedUdpPort", advertisedUdpPort);
    requirePort("advertisedTcpPort", advertisedTcpPort);
    requirePositive("loops", loops);
    requirePositive("maxPeers", maxPeers);
    requirePositive("maxHandshakes", maxHandshakes);
    requirePositive("maxTcpConnections", maxTcpConnections);
    requirePositive("maxOfferChars", maxOfferChars);
    requirePositive("iceTimeout", iceTimeout.toMillis());
    requirePositive("handshakeTimeout", handshakeTimeout.toMillis());
    requirePositive("consentTimeout", consentTimeout.toMillis());
    requirePositive("tcpTimeout", tcpTimeout.toMillis());
    requirePositive("mostBitsPerListener", mostBitsPerListener);
  }

  /** The defaults, listening on every address of the machine. */
  public static WebRtcConfig onPort(int port) {
    return new WebRtcConfig(
        new InetSocketAddress(port),
        List.of(),
        0,
        0,
        true,
        Runtime.getRuntime().availableProcessors(),
        20_000,
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
        4_096,
        64 * 1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Packing.NEVER,
        12_000_000);
  }

  /** Listens on one address instead of all. */
  public WebRtcConfig withBind(InetSocketAddress value) {
    return new WebRtcConfig(
        value,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Tells clients to use these addresses; none to find them. */
  public WebRtcConfig withAdvertised(List<InetAddress> value) {
    return new WebRtcConfig(
        bind,
        value,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Tells clients to use these ports; 0 for the bound one. */
  public WebRtcConfig withAdvertisedPorts(int udp, int tcpPort) {
    return new WebRtcConfig(
        bind,
        advertised,
        udp,
        tcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Offers ICE-TCP or not. */
  public WebRtcConfig withTcp(boolean value) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        value,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Runs this many media loops. */
  public WebRtcConfig withLoops(int value) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        value,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Bounds peers, concurrent handshakes and TCP connections. */
  public WebRtcConfig withLimits(int peers, int handshakes, int tcpConnections) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        peers,
        handshakes,
        tcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Sets how long is waited: for checks, for DTLS, for fresh consent. */
  public WebRtcConfig withTimeouts(Duration ice, Duration handshake, Duration consent) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        ice,
        handshake,
        consent,
        tcpTimeout,
        packing,
        mostBitsPerListener);
  }

  /** Sends sound several frames to a packet, or not. */
  public WebRtcConfig withPacking(Packing value) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        value,
        mostBitsPerListener);
  }

  /** Bounds what one listener is sent, in bit/s. */
  public WebRtcConfig withMostBitsPerListener(long value) {
    return new WebRtcConfig(
        bind,
        advertised,
        advertisedUdpPort,
        advertisedTcpPort,
        tcp,
        loops,
        maxPeers,
        maxHandshakes,
        maxTcpConnections,
        maxOfferChars,
        iceTimeout,
        handshakeTimeout,
        consentTimeout,
        tcpTimeout,
        packing,
        value);
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
