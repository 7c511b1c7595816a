package org.kakehashi.media.recording;

import java.io.IOException;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** A track while it is recorded. Thread: the recorder's. */
interface RecordedTrack extends AutoCloseable {
  /** Takes a packet as it comes. */
  void accept(Source from, MediaPacket packet);

  /**
   * Records what can be recorded.
   *
   * @param now ticks of the recording
   */
  void advance(long now) throws IOException;

  /** Fills the track up to {@code time}, in which nothing was received. */
  void skipTo(long time) throws IOException;

  /** Records everything that came, and fills the track up to {@code end} exactly. */
  void end(long end) throws IOException;

  /** Where the track on disk ends, in ticks. */
  long recordedTo();

  /** How many packets came too late. */
  long late();

  /** How many frames were left out because a part of them was lost. */
  default long damaged() {
    return 0;
  }

  /** Whether what is recorded now is encoded anew. */
  default boolean isTranscoding() {
    return false;
  }

  /** Bytes written. */
  long bytes();

  @Override
  void close() throws IOException;
}
