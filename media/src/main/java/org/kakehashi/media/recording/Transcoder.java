package org.kakehashi.media.recording;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;

/**
 * Encodes a source's pictures anew: because they are not H.264, or because they come too seldom to
 * be passed through, and the last has to be shown again meanwhile. Thread: the recorder's.
 */
final class Transcoder implements AutoCloseable {
  private final PictureDecoder decoder;
  private final PictureEncoder encoder = new PictureEncoder();

  /**
   * @param configuration of H.264; null for VP8
   */
  Transcoder(Codec codec, byte @Nullable [] configuration) {
    decoder = new PictureDecoder(codec, configuration);
  }

  /**
   * Takes the next frame in.
   *
   * @return whether there is a new picture to {@link #show}
   */
  boolean take(byte[] frame) {
    return decoder.decode(frame);
  }

  /**
   * Shows the last picture.
   *
   * @param time ticks, later than the time before
   * @param key whether a decoder must be able to start here
   * @return empty if there was none yet
   */
  Optional<AccessUnit> show(long time, boolean key) {
    AVFrame last = decoder.last();
    return last == null ? Optional.empty() : encoder.encode(last, time, key);
  }

  /** The format of what came out. */
  @Nullable PictureFormat format() {
    return encoder.format();
  }

  @Override
  public void close() {
    decoder.close();
    encoder.close();
  }
}
