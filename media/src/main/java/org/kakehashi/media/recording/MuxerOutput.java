package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.av_free;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Takes what a muxer writes, through libavformat's own memory buffer: a callback into Java would be
 * one of ten that JavaCPP allows. Thread: one at a time.
 */
final class MuxerOutput implements AutoCloseable {
  private final AVFormatContext format;
  private @Nullable AVIOContext buffer;

  /** Opens the output of {@code format}, which is open before the muxer's first word. */
  MuxerOutput(AVFormatContext format) {
    this.format = format;
    open();
  }

  /** What was written since the last call. */
  byte[] take() {
    byte[] bytes = closeBuffer();
    open();
    return bytes;
  }

  private void open() {
    AVIOContext opened = new AVIOContext(null);
    Ffmpeg.check(avio_open_dyn_buf(opened), "No memory for what is written");
    buffer = opened;
    format.pb(opened);
  }

  private byte[] closeBuffer() {
    AVIOContext open = buffer;
    if (open == null) {
      return new byte[0];
    }
    buffer = null;
    format.pb(null);
    BytePointer data = new BytePointer((Pointer) null);
    int length = avio_close_dyn_buf(open, data);
    byte[] bytes = new byte[length];
    data.get(bytes);
    av_free(data);
    return bytes;
  }

  @Override
  public void close() {
    closeBuffer();
  }
}
