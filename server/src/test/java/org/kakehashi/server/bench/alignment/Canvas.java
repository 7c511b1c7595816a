package org.kakehashi.server.bench.alignment;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;

/** A picture that is all black or all white, in H.264. One thread. */
final class Canvas implements AutoCloseable {
  private final Encoder encoder;
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc());

  Canvas(int width, int height, int framesPerSecond) {
    encoder = Encoder.h264(width, height, framesPerSecond, 300_000, 10 * framesPerSecond);
    frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(frame, 0);
  }

  /**
   * Encodes a frame.
   *
   * @param ticks its time in 1/48000 s
   * @param then called with the packet, which is not kept
   */
  void paint(boolean white, boolean key, long ticks, Consumer<AVPacket> then) {
    av_frame_make_writable(frame);
    fill(0, white ? 235 : 16, frame.height());
    fill(1, 128, frame.height() / 2);
    fill(2, 128, frame.height() / 2);
    frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.pts(ticks);
    encoder.encode(frame, then);
  }

  private void fill(int plane, int value, int rows) {
    Pointer.memset(frame.data(plane), value, (long) frame.linesize(plane) * rows);
  }

  @Override
  public void close() {
    encoder.close();
    av_frame_free(frame);
  }
}
