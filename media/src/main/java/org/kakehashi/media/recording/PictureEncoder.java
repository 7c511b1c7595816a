package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;

/**
 * Encodes pictures in H.264 constrained baseline, whatever size they come in. Thread: the
 * recorder's.
 */
final class PictureEncoder implements AutoCloseable {
  private static final int FRAME_RATE = 30;

  /** Key frames are asked for; the encoder's own would come too seldom to matter. */
  private static final int KEY_FRAME_EVERY = 10_000;

  private static final double BITS_PER_PIXEL_SECOND = 1.7;
  private static final int FEWEST_BITS = 150_000;

  private @Nullable Encoder encoder;
  private int width;
  private int height;
  private @Nullable PictureFormat format;
  private @Nullable AccessUnit encoded;

  /**
   * Encodes a picture.
   *
   * @param frame 4:2:0; its time and type are set
   * @param time ticks, later than the one before
   * @param key whether a decoder must be able to start here; always at a change of size
   * @return empty if the encoder gave nothing
   */
  Optional<AccessUnit> encode(AVFrame frame, long time, boolean key) {
    int evenWidth = frame.width() & ~1;
    int evenHeight = frame.height() & ~1;
    Encoder open = encoder;
    if (open == null || evenWidth != width || evenHeight != height) {
      close();
      width = evenWidth;
      height = evenHeight;
      int bits = (int) Math.max(FEWEST_BITS, width * height * BITS_PER_PIXEL_SECOND);
      open = Encoder.h264(width, height, FRAME_RATE, bits, KEY_FRAME_EVERY);
      encoder = open;
    }
    frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.pts(time);
    encoded = null;
    open.encode(frame, this::take);
    return Optional.ofNullable(encoded);
  }

  /** The format of what came out last; null before anything did. */
  @Nullable PictureFormat format() {
    return format;
  }

  private void take(AVPacket packet) {
    AccessUnit.of(NalUnits.ofAnnexB(Ffmpeg.view(packet)))
        .ifPresent(
            unit -> {
              unit.format().ifPresent(own -> format = own);
              encoded = unit;
            });
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }
}
