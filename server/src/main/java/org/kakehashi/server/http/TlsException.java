package org.kakehashi.server.http;

import org.jspecify.annotations.Nullable;

/** The certificate or its key cannot be used; the message tells an operator why. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
