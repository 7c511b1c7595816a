package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.kakehashi.media.codec.CodecException;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * What is shown where there is no picture: a calm dark surface, encoded once as a key frame.
 *
 * @param format its format
 * @param data the sample
 */
record Slate(PictureFormat format, byte[] data) {
  /** Small: it is repeated in every part, for hours where nobody shows slides. */
  private static final int WIDTH = 640;

  private static final int HEIGHT = 360;

  /** Dark blue-grey: Y, Cb, Cr. */
  private static final byte[] COLOUR = {36, (byte) 134, 125};

  /** Encodes it. */
  static Slate encode() {
    AVFrame frame = Ffmpeg.allocated(av_frame_alloc());
    try (PictureEncoder encoder = new PictureEncoder()) {
      frame.width(WIDTH).height(HEIGHT).format(AV_PIX_FMT_YUV420P);
      Ffmpeg.check(av_frame_get_buffer(frame, 0), "No memory for the slate");
      for (int plane = 0; plane < COLOUR.length; plane++) {
        int rows = plane == 0 ? HEIGHT : HEIGHT / 2;
        long bytes = (long) frame.linesize(plane) * rows;
        org.bytedeco.javacpp.Pointer.memset(frame.data(plane), COLOUR[plane] & 0xFF, bytes);
      }
      AccessUnit unit =
          encoder
              .encode(frame, 0, true)
              .orElseThrow(() -> new CodecException("The slate cannot be encoded"));
      PictureFormat format = encoder.format();
      if (format == null) {
        throw new CodecException("The slate has no parameter sets");
      }
      return new Slate(format, unit.data());
    } finally {
      av_frame_free(frame);
    }
  }
}
