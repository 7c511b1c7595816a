package org.kakehashi.server.store;

/** The store cannot be used; the message tells an operator why. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
