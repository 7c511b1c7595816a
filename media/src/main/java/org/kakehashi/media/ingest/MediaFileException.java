package org.kakehashi.media.ingest;

import java.util.function.Supplier;
import org.kakehashi.media.codec.CodecException;
import org.kakehashi.media.codec.Ffmpeg;

/** A file that cannot be listed or played. Its message is a sentence for people, without paths. */
public final class MediaFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for programs and translations. */
  public enum Reason {
    /** There is no such file, or it cannot be read. */
    NOT_FOUND,
    /** The name is not that of a file directly in the media folder. */
    NOT_A_NAME,
    /** It is not an audio or video file of a known kind. */
    NOT_MEDIA,
    /** It has neither sound nor picture that could be decoded. */
    NOTHING_TO_PLAY,
    /** It starts well but what follows cannot be read or decoded. */
    DAMAGED,
    /** This server's build cannot do what the file needs. */
    NOT_POSSIBLE_HERE
  }

  private final Reason reason;

  MediaFileException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Throws if {@code result} of FFmpeg is an error; else returns it. */
  static int check(int result, Reason reason, String message) {
    if (result < 0) {
      throw new MediaFileException(reason, message + " (" + Ffmpeg.text(result) + ")");
    }
    return result;
  }

  /** What {@code codec} gives, or that it is not possible here. */
  static <T> T possible(Supplier<T> codec) {
    try {
      return codec.get();
    } catch (CodecException e) {
      throw new MediaFileException(Reason.NOT_POSSIBLE_HERE, String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
