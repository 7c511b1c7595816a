package org.kakehashi.server.http;

/** The HTTP server could not be started; the message tells an operator why. */
public final class EdgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EdgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
