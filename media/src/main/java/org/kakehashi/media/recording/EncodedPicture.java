package org.kakehashi.media.recording;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;

/** A picture that is encoded anew, on its way into the track. Thread: the recorder's. */
final class EncodedPicture {
  private final VideoCutter cutter;
  private @Nullable Transcoder transcoder;
  private boolean shown;

  EncodedPicture(VideoCutter cutter) {
    this.cutter = cutter;
  }

  /** Whether frames can be taken in. */
  boolean isOpen() {
    return transcoder != null;
  }

  /** Begins with a source that is no H.264; its next frame must be a key frame. */
  void open(Codec codec) {
    end();
    transcoder = new Transcoder(codec, null);
  }

  /**
   * Begins with the pictures that were passed through so far.
   *
   * @return false if they cannot be decoded
   */
  boolean open(Codec codec, PassedGroup group) {
    end();
    PictureFormat format = group.format();
    if (format == null || group.frames().isEmpty()) {
      return false;
    }
    Transcoder opened = new Transcoder(codec, format.configuration());
    boolean any = false;
    for (byte[] frame : group.frames()) {
      any |= opened.take(frame);
    }
    if (!any) {
      opened.close();
      return false;
    }
    transcoder = opened;
    return true;
  }

  /** Takes a frame in; true if there is a new picture to show. */
  boolean take(byte[] frame) {
    return transcoder != null && transcoder.take(frame);
  }

  /**
   * Shows the last picture.
   *
   * @param time at the cutter's position or later
   * @param key whether it must be a key frame, other than because one is due
   * @return false if there is none
   */
  boolean show(long time, boolean key) throws IOException {
    Transcoder open = transcoder;
    if (open == null) {
      return false;
    }
    Optional<AccessUnit> unit = open.show(time, key || !shown || cutter.isKeyDue(time));
    PictureFormat format = open.format();
    if (unit.isEmpty() || format == null) {
      return false;
    }
    cutter.add(time, unit.get().key(), format, unit.get().data());
    shown = true;
    return true;
  }

  /** Whether anything was shown since it {@linkplain #restart began}. */
  boolean hasShown() {
    return shown;
  }

  /** Something else was shown meanwhile: begins with a key frame again. */
  void restart() {
    shown = false;
  }

  /** Lets go of the source. */
  void end() {
    shown = false;
    if (transcoder != null) {
      transcoder.close();
      transcoder = null;
    }
  }
}
