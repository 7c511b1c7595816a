package org.kakehashi.server.http;

import org.kakehashi.server.problem.ProblemType;

/** Why the server closes a session socket (RFC 6455, section 7.4; 44xx are ours). */
final class CloseCode {
  /** The server is going away: reconnect. */
  static final short GOING_AWAY = 1001;

  /** Only text is spoken here. */
  static final short NOT_TEXT = 1003;

  /** The first message was not a hello. */
  static final short NO_HELLO = 1008;

  /** A message of more than 64 KiB. */
  static final short TOO_LARGE = 1009;

  /** No room now, or the client reads too slowly: reconnect later. */
  static final short LATER = 1013;

  /** No hello in time. */
  static final short HELLO_LATE = 4408;

  private CloseCode() {}

  /** The code that says why a socket could not join. */
  static short of(ProblemType type) {
    return switch (type) {
      case NO_TOKEN, BAD_TOKEN -> 4401;
      case WRONG_ROLE, NOT_YOURS -> 4403;
      case NO_SUCH_SESSION -> 4404;
      case SESSION_ENDED -> 4410;
      case TOO_MANY_REQUESTS -> 4429;
      case TOO_LARGE -> TOO_LARGE;
      case AT_CAPACITY, UNAVAILABLE, INTERNAL -> LATER;
      default -> NO_HELLO;
    };
  }
}
