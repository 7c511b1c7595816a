package org.kakehashi.media.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The H.264 frames since the last key frame, as far as they can be decoded: a picture that is
 * passed through can so be decoded after all when nothing follows it. Bounded.
 *
 * <p>Thread: the recorder's.
 */
final class PassedGroup {
  private static final int MAX_FRAMES = 600;
  private static final long MAX_BYTES = 8 << 20;

  private final List<byte[]> frames = new ArrayList<>();
  private @Nullable PictureFormat format;
  private long bytes;
  private boolean tooLong;
  private boolean decodable;

  /**
   * Takes a frame in.
   *
   * @param afterLoss whether frames before it are missing
   * @return whether it can be decoded
   */
  boolean add(AccessUnit unit, boolean afterLoss) {
    if (unit.key()) {
      unit.format().ifPresent(own -> format = own);
      frames.clear();
      bytes = 0;
      tooLong = false;
      decodable = format != null;
    } else if (afterLoss) {
      decodable = false;
    }
    if (!decodable) {
      return false;
    }
    bytes += unit.data().length;
    if (bytes > MAX_BYTES || frames.size() >= MAX_FRAMES) {
      tooLong = true;
      frames.clear();
    } else if (!tooLong) {
      frames.add(unit.data());
    }
    return true;
  }

  /** The frames since the key frame; empty if there are too many to be kept. */
  List<byte[]> frames() {
    return frames;
  }

  /** Their format; null before the first key frame. */
  @Nullable PictureFormat format() {
    return format;
  }

  /** Forgets everything. */
  void clear() {
    frames.clear();
    bytes = 0;
    format = null;
    tooLong = false;
    decodable = false;
  }
}
