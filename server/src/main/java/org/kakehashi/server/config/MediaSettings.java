package org.kakehashi.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.kakehashi.media.webrtc.Packing;
import org.kakehashi.media.webrtc.WebRtcConfig;

/**
 * The one port for everybody's sound and picture.
 *
 * @param bind the address to listen on
 * @param port the UDP and TCP port; 0 takes any free one
 * @param publicAddresses what clients are told to use; empty to find it on the machine
 * @param publicUdpPort the UDP port clients are told to use; 0 for {@code port}
 * @param publicTcpPort the TCP port clients are told to use; 0 for {@code port}
 * @param tcp whether media over TCP is offered where UDP is blocked
 * @param loops media threads; 0 for one a core
 * @param maxPeers media connections at once
 * @param maxHandshakes encryption handshakes computed at once; 0 for one fewer than there are cores
 * @param maxTcpConnections TCP connections at once
 * @param firstPacketTimeout how long a client may take to reach the port
 * @param handshakeTimeout how long the encryption handshake may take
 * @param consentTimeout how long a client that has vanished is kept
 * @param packing whether sound is sent several frames to a packet
 * @param fullAt the share of a media thread's time, in percent, from which on listeners are turned
 *     away
 * @param listenerKilobits the most that a listener is sent, in kbit/s; pictures are reduced to it
 */
public record MediaSettings(
    InetAddress bind,
    int port,
    List<InetAddress> publicAddresses,
    int publicUdpPort,
    int publicTcpPort,
    boolean tcp,
    int loops,
    int maxPeers,
    int maxHandshakes,
    int maxTcpConnections,
    Duration firstPacketTimeout,
    Duration handshakeTimeout,
    Duration consentTimeout,
    Packing packing,
    int fullAt,
    int listenerKilobits) {

  /** Ten times what browsers write. */
  private static final int MAX_OFFER_CHARS = 64 * 1024;

  /** Until a TCP connection's first check. */
  private static final Duration TCP_TIMEOUT = Duration.ofSeconds(10);

  /** What holds where the file says nothing. */
  public static final MediaSettings DEFAULT =
      new MediaSettings(
          InetAddress.ofLiteral("0.0.0.0"),
          10_000,
          List.of(),
          0,
          0,
          true,
          0,
          20_000,
          0,
          4096,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          new Packing(Packing.When.CROWDED, 3),
          85,
          12_000);

  public MediaSettings {
    publicAddresses = List.copyOf(publicAddresses);
  }

  static MediaSettings read(Section in) {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    return new MediaSettings(
        in.scalar("bind", DEFAULT.bind, MediaSettings::address),
        in.integer("port", DEFAULT.port, 0, 65_535),
        in.list("publicAddresses", DEFAULT.publicAddresses, MediaSettings::address),
        in.integer("publicUdpPort", DEFAULT.publicUdpPort, 0, 65_535),
        in.integer("publicTcpPort", DEFAULT.publicTcpPort, 0, 65_535),
        in.flag("tcp", DEFAULT.tcp),
        in.integer("loops", DEFAULT.loops, 0, 256),
        in.integer("maxPeers", DEFAULT.maxPeers, 1, 1_000_000),
        in.integer("maxHandshakes", DEFAULT.maxHandshakes, 0, 10_000),
        in.integer("maxTcpConnections", DEFAULT.maxTcpConnections, 1, 1_000_000),
        in.duration("firstPacketTimeout", DEFAULT.firstPacketTimeout, second, minute),
        in.duration("handshakeTimeout", DEFAULT.handshakeTimeout, second, minute),
        in.duration("consentTimeout", DEFAULT.consentTimeout, second, minute),
        new Packing(
            in.scalar("packing", DEFAULT.packing.when(), MediaSettings::when),
            in.integer("packedFrames", DEFAULT.packing.frames(), 2, 3)),
        in.integer("fullAt", DEFAULT.fullAt, 50, 100),
        in.integer("listenerKilobits", DEFAULT.listenerKilobits, 100, 1_000_000));
  }

  /** What the media port is opened with. */
  public WebRtcConfig webRtc() {
    WebRtcConfig plain = WebRtcConfig.onPort(port);
    WebRtcConfig config =
        plain
            .withBind(new InetSocketAddress(bind, port))
            .withAdvertised(
                new WebRtcConfig.Advertised(publicAddresses, publicUdpPort, publicTcpPort))
            .withTcp(tcp)
            .withLimits(
                new WebRtcConfig.Limits(
                    maxPeers,
                    maxHandshakes == 0 ? plain.limits().handshakes() : maxHandshakes,
                    maxTcpConnections,
                    MAX_OFFER_CHARS,
                    listenerKilobits * 1_000L))
            .withTimeouts(
                new WebRtcConfig.Timeouts(
                    firstPacketTimeout, handshakeTimeout, consentTimeout, TCP_TIMEOUT))
            .withPacking(packing)
            .withFullAt(fullAt / 100.0);
    return loops == 0 ? config : config.withLoops(loops);
  }

  private static Packing.When when(String text) {
    return switch (text) {
      case "never" -> Packing.When.NEVER;
      case "crowded" -> Packing.When.CROWDED;
      case "always" -> Packing.When.ALWAYS;
      default ->
          throw new IllegalArgumentException(
              "must be never, crowded or always, not \"" + text + "\".");
    };
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be an IP address such as 203.0.113.5, not \"" + text + "\".", e);
    }
  }
}
