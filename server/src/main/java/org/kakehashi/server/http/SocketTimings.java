package org.kakehashi.server.http;

import java.time.Duration;

/**
 * The session socket's clocks, as {@code docs/api/session-socket.md} promises them.
 *
 * @param hello how long a client may take to say who it is
 * @param ping how often the server pings
 * @param silence how long a client may send nothing, not even a pong
 */
public record SocketTimings(Duration hello, Duration ping, Duration silence) {
  /** What the contract says. */
  public static final SocketTimings CONTRACT =
      new SocketTimings(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));
}
