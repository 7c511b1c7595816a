package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.codec.Encoder;

/**
 * A file's sound or picture as a source, and what its receivers have been sent. Thread: the
 * player's, but for {@link #source}.
 */
final class PlayedTrack {
  private static final long NOTHING_YET = Long.MIN_VALUE;

  private final Source source;
  private long sequence;
  private long soundUntil = NOTHING_YET;
  private boolean needsKeyFrame = true;

  PlayedTrack(Source source) {
    this.source = source;
  }

  /** What is published to. Thread: any. */
  Source source() {
    return source;
  }

  /** Whether a receiver could use the unit: after something left out, from a key frame on. */
  boolean takes(TimedUnit unit) {
    return !needsKeyFrame || unit.keyFrame();
  }

  /** Notes that a unit is not published; it stays the caller's. */
  void leaveOut(TimedUnit unit) {
    if (!unit.audio() && !needsKeyFrame) {
      needsKeyFrame = true;
      sequence++; // A gap: frames that refer to this one must not be decoded.
    }
  }

  /**
   * Publishes a unit and gives its payloads away.
   *
   * @param mediaTime on the session's clock
   */
  void publish(TimedUnit unit, long mediaTime) {
    List<ByteBuf> payloads = unit.payloads();
    for (int i = 0; i < payloads.size(); i++) {
      boolean marker = unit.audio() ? mediaTime != soundUntil : i == payloads.size() - 1;
      boolean keyFrame = unit.keyFrame() && i == 0;
      source.publish(
          new MediaPacket(payloads.get(i), sequence++, mediaTime, marker, keyFrame, unit.level()));
    }
    soundUntil = mediaTime + Encoder.OPUS_FRAME;
    needsKeyFrame = false;
  }
}
