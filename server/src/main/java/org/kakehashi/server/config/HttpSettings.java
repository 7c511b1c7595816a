package org.kakehashi.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages, the API and the sockets; every key is explained in {@code kakehashi.yaml}.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 takes any free one
 * @param publicUrlOrNull what browsers call this server; null to derive it
 * @param trustedProxies whose {@code X-Forwarded-…} headers are believed
 * @param metricsToken what {@code /metrics} asks for; empty to answer this machine only
 * @param allowedOrigins pages of which other origins may use the API; {@code *} for all
 * @param maxBody the longest body of a request, in bytes
 * @param maxSockets how many session sockets at once
 * @param offersPerMinute media offers a minute from one address
 * @param socketsPerMinute session sockets opened a minute from one address
 * @param messagesPerSecond messages a second on one session socket
 * @param requestTimeout how long a request may take, its body included
 * @param idleTimeout how long a connection may be silent
 * @param shutdownGrace how long requests under way may take once the server stops
 */
public record HttpSettings(
    String bind,
    int port,
    @Nullable URI publicUrlOrNull,
    List<Cidr> trustedProxies,
    String metricsToken,
    List<String> allowedOrigins,
    int maxBody,
    int maxSockets,
    int offersPerMinute,
    int socketsPerMinute,
    int messagesPerSecond,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration shutdownGrace) {

  /** What holds where the file says nothing. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          "0.0.0.0",
          8080,
          null,
          List.of(Cidr.of("127.0.0.1"), Cidr.of("::1")),
          "",
          List.of("*"),
          64 * 1024,
          20_000,
          600,
          600,
          20,
          Duration.ofSeconds(15),
          Duration.ofSeconds(75),
          Duration.ofSeconds(5));

  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  static HttpSettings read(Section in) {
    return new HttpSettings(
        in.scalar("bind", DEFAULT.bind, HttpSettings::address),
        in.integer("port", DEFAULT.port, 0, 65_535),
        in.scalar("publicUrl", Optional.ofNullable(DEFAULT.publicUrlOrNull), HttpSettings::url)
            .orElse(null),
        in.list("trustedProxies", DEFAULT.trustedProxies, Cidr::of),
        in.text("metricsToken", DEFAULT.metricsToken),
        in.list("allowedOrigins", DEFAULT.allowedOrigins, Function.identity()),
        in.bytes("maxBody", DEFAULT.maxBody, 4 << 10, 1 << 20),
        in.integer("maxSockets", DEFAULT.maxSockets, 1, 1_000_000),
        in.integer("offersPerMinute", DEFAULT.offersPerMinute, 1, 1_000_000),
        in.integer("socketsPerMinute", DEFAULT.socketsPerMinute, 1, 1_000_000),
        in.integer("messagesPerSecond", DEFAULT.messagesPerSecond, 1, 1000),
        in.duration(
            "requestTimeout", DEFAULT.requestTimeout, Duration.ofSeconds(1), Duration.ofMinutes(5)),
        // Less than the sockets' own limit would cut those that answer pings in time.
        in.duration(
            "idleTimeout", DEFAULT.idleTimeout, Duration.ofSeconds(61), Duration.ofHours(1)),
        in.duration("shutdownGrace", DEFAULT.shutdownGrace, Duration.ZERO, Duration.ofMinutes(5)));
  }

  /** What browsers call this server, if it is configured. */
  public Optional<URI> publicUrl() {
    return Optional.ofNullable(publicUrlOrNull);
  }

  /** The same on another address and port. */
  public HttpSettings on(String address, int otherPort) {
    return new HttpSettings(
        address,
        otherPort,
        publicUrlOrNull,
        trustedProxies,
        metricsToken,
        allowedOrigins,
        maxBody,
        maxSockets,
        offersPerMinute,
        socketsPerMinute,
        messagesPerSecond,
        requestTimeout,
        idleTimeout,
        shutdownGrace);
  }

  @Override
  public String toString() {
    return "HttpSettings[bind=%s, port=%d, publicUrl=%s]".formatted(bind, port, publicUrlOrNull);
  }

  private static String address(String text) {
    if (!text.equals("localhost")) {
      try {
        InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "must be an address of this machine such as 0.0.0.0 (all) or 127.0.0.1, not \""
                + text
                + "\".",
            e);
      }
    }
    return text;
  }

  private static Optional<URI> url(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && (uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be the server's address without a path, such as https://live.example.org, not \""
            + text
            + "\".");
  }
}
