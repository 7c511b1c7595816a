package org.kakehashi.media.audio;

/**
 * libopus cannot be loaded on this machine. The message is for the people who run it: it says what
 * was tried and how to mend it.
 */
public final class OpusUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OpusUnavailableException(String message) {
    super(message);
  }

  OpusUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
