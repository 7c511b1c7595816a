package org.kakehashi.media.codec;

import java.io.Serial;

/** FFmpeg cannot do what is asked of it; a defect of the build or of what it was given. */
public final class CodecException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** An error whose message tells what failed. */
  public CodecException(String message) {
    super(message);
  }
}
