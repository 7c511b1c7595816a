package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_PROGRESSIVE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_UNKNOWN;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * How a transcoded picture stands on stage: upright, square pixels, within 1280 by 720 (720 by 1280
 * if it stands on end), even sides. Thread: any; immutable.
 *
 * @param width pixels
 * @param height pixels
 * @param rotation degrees clockwise it has to be turned
 * @param interlaced whether it comes in half-pictures
 */
record PictureSize(int width, int height, int rotation, boolean interlaced) {
  private static final double LONG_SIDE = 1_280;
  private static final double SHORT_SIDE = 720;
  private static final int SMALLEST = 16;
  private static final double BITS_PER_PIXEL_SECOND = 1.7;
  private static final int FEWEST_BITS = 150_000;

  /** The size for this stream. */
  static PictureSize of(AVStream stream, int rotation) {
    AVCodecParameters parameters = stream.codecpar();
    double width = parameters.width();
    double height = parameters.height();
    int num = parameters.sample_aspect_ratio().num();
    int den = parameters.sample_aspect_ratio().den();
    if (num > 0 && den > 0) {
      width = width * num / den;
    }
    if (rotation % 180 != 0) {
      double swap = width;
      width = height;
      height = swap;
    }
    double scale =
        Math.min(
            1, Math.min(LONG_SIDE / Math.max(width, height), SHORT_SIDE / Math.min(width, height)));
    int field = parameters.field_order();
    return new PictureSize(
        even(width * scale),
        even(height * scale),
        rotation,
        field != AV_FIELD_UNKNOWN && field != AV_FIELD_PROGRESSIVE);
  }

  private static int even(double side) {
    return (int) Math.max(SMALLEST, Math.round(side / 2) * 2);
  }

  /** Bits a second that suit a person talking. */
  int bitRate() {
    return (int) Math.max(FEWEST_BITS, width * height * BITS_PER_PIXEL_SECOND);
  }

  /** What brings decoded frames to this size. */
  Filter filter() {
    return Filter.picture(width, height, rotation, interlaced);
  }
}
