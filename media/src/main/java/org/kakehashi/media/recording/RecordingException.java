package org.kakehashi.media.recording;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A recording cannot begin, or cannot be read. The message is for people, in English. */
public final class RecordingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Code code;

  /** What is wrong. */
  public enum Code {
    /** There is less free space than a recording needs to begin. */
    DISK_LOW,
    /** The folder cannot be made, read or written. */
    FOLDER_UNUSABLE,
    /** The folder holds no recording, or one that cannot be repaired. */
    NOT_A_RECORDING,
    /** The recording in this folder has ended; it is not gone on with. */
    ENDED,
    /** The recording was made with other tracks than the session has now. */
    OTHER_TRACKS,
    /** A library that is needed is missing on this machine. */
    NOT_POSSIBLE_HERE
  }

  /** An error with a message for people. */
  public RecordingException(Code code, String message) {
    this(code, message, null);
  }

  /** An error with a message for people, and what caused it for the log. */
  public RecordingException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What is wrong. */
  public Code code() {
    return code;
  }
}
