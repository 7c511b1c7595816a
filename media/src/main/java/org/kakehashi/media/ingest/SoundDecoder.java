package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * A file's sound as 16-bit samples at 48 kHz. Thread: the player's.
 *
 * <p>Samples are valid during the call to the listener only.
 */
final class SoundDecoder implements AutoCloseable {
  /** Takes decoded samples. */
  @FunctionalInterface
  interface Samples {
    /**
     * @param ticks when the first is heard, from the file's start; before it where an encoder's
     *     start-up was not trimmed
     * @param pcm interleaved
     */
    void accept(long ticks, ShortBuffer pcm);
  }

  private final MediaFile file;
  private final AVStream stream;
  private final int channels;
  private final Decoder decoder;
  private final Filter filter;
  private long next;

  SoundDecoder(MediaFile file, AVStream stream, int channels) {
    this.file = file;
    this.stream = stream;
    this.channels = channels;
    this.decoder = new Decoder(file.name(), stream);
    this.filter = Filter.sound(channels);
  }

  /** Decodes a packet; null at the end of the file. */
  void decode(@Nullable AVPacket packet, Samples then) {
    decoder.decode(
        packet,
        frame -> {
          long time = frame.best_effort_timestamp();
          frame.pts(time == AV_NOPTS_VALUE ? next : file.ticks(time, stream));
          filter.push(frame, out -> deliver(out, then));
        });
    if (packet == null) {
      filter.push(null, out -> deliver(out, then));
      decoder.checkDecodedAnything();
    }
  }

  private void deliver(AVFrame frame, Samples then) {
    int samples = frame.nb_samples();
    BytePointer data = frame.data(0);
    ShortBuffer pcm =
        data.capacity((long) samples * channels * Short.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asShortBuffer();
    long ticks = frame.pts() == AV_NOPTS_VALUE ? next : frame.pts();
    next = ticks + samples;
    then.accept(ticks, pcm);
  }

  @Override
  public void close() {
    filter.close();
    decoder.close();
  }
}
