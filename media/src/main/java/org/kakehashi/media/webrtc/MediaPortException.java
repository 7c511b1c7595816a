package org.kakehashi.media.webrtc;

/** The media port could not be opened; the message tells an operator why. */
public final class MediaPortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public MediaPortException(String message, Throwable cause) {
    super(message, cause);
  }
}
