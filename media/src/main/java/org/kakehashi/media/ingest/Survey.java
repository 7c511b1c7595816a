package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_PROGRESSIVE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_UNKNOWN;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_BASELINE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_CONSTRAINED_BASELINE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_MAIN;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.AvcConfiguration;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;

/**
 * Reads a file through once to decide what can be sent as it is. Headers do not say how far apart
 * the key frames are, nor how long each Opus packet is.
 *
 * @param copiesSound its sound is Opus in 20 ms packets throughout
 * @param copiesPicture its picture is H.264 that every browser decodes, in decoding order, with a
 *     key frame at the start and every two seconds
 */
record Survey(boolean copiesSound, boolean copiesPicture) {
  /** A longer file is not read through, and its picture transcoded. */
  private static final long MAX_BYTES = 512L * 1024 * 1024;

  /** Two seconds, and a frame for encoders that count otherwise. */
  private static final long KEY_FRAME_WITHIN = 2 * MediaClock.RATE + MediaClock.RATE / 10;

  private static final int MAX_WIDTH = 1_920;
  private static final int MAX_HEIGHT = 1_080;

  /** Surveys a file. */
  static Survey of(Path path) {
    try (MediaFile file = MediaFile.open(path)) {
      Pictures pictures = new Pictures(file);
      boolean opus = isOpus(file.audio());
      if (!opus && !pictures.copyable) {
        return new Survey(false, false);
      }
      AVPacket packet = Ffmpeg.allocated(av_packet_alloc());
      try {
        long bytes = 0;
        while (bytes < MAX_BYTES && file.read(packet)) {
          bytes += packet.size();
          if (!file.isAudio(packet)) {
            pictures.accept(packet);
          } else if (opus) {
            opus = OpusFrames.ticks(Ffmpeg.view(packet)) == Encoder.OPUS_FRAME;
          }
        }
        return new Survey(opus, pictures.copyable && bytes < MAX_BYTES);
      } finally {
        av_packet_free(packet);
      }
    }
  }

  private static boolean isOpus(@Nullable AVStream stream) {
    return stream != null && stream.codecpar().codec_id() == AV_CODEC_ID_OPUS;
  }

  /** Follows the picture's frames. */
  private static final class Pictures {
    private final MediaFile file;
    private final AvcConfiguration configuration;
    private boolean copyable;
    private long last = Long.MIN_VALUE;
    private long lastKey = Long.MIN_VALUE;

    Pictures(MediaFile file) {
      this.file = file;
      AVStream stream = file.video();
      copyable = stream != null && suits(stream.codecpar()) && file.rotation() == 0;
      configuration =
          AvcConfiguration.parse(
              stream == null ? new byte[0] : Ffmpeg.extradata(stream.codecpar()));
    }

    private static boolean suits(AVCodecParameters parameters) {
      int profile = parameters.profile();
      int field = parameters.field_order();
      return parameters.codec_id() == AV_CODEC_ID_H264
          && (profile == AV_PROFILE_H264_BASELINE
              || profile == AV_PROFILE_H264_CONSTRAINED_BASELINE
              || profile == AV_PROFILE_H264_MAIN)
          && parameters.format() == AV_PIX_FMT_YUV420P
          && parameters.video_delay() == 0
          && (field == AV_FIELD_UNKNOWN || field == AV_FIELD_PROGRESSIVE)
          && parameters.width() <= MAX_WIDTH
          && parameters.height() <= MAX_HEIGHT;
    }

    void accept(AVPacket packet) {
      if (!copyable) {
        return;
      }
      long ticks = file.ticks(packet).orElse(Long.MIN_VALUE);
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0 && isIdr(packet);
      boolean inOrder = ticks > last;
      if (key) {
        lastKey = ticks;
      }
      boolean keyNear = lastKey != Long.MIN_VALUE && ticks - lastKey <= KEY_FRAME_WITHIN;
      copyable = inOrder && keyNear;
      last = ticks;
    }

    private boolean isIdr(AVPacket packet) {
      return configuration.nalUnits(Ffmpeg.view(packet)).stream()
          .anyMatch(nal -> NalUnits.type(nal) == NalUnits.IDR);
    }
  }
}
