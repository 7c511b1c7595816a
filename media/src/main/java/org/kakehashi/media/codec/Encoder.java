package org.kakehashi.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_CONSTRAINED_BASELINE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * One of FFmpeg's encoders; frames in, packets out, times in session ticks. Thread: one at a time.
 */
public final class Encoder implements AutoCloseable {
  /** Samples of a 20 ms Opus packet at 48 kHz, a channel. */
  public static final int OPUS_FRAME = MediaClock.RATE / 50;

  /** Samples of an AAC frame, a channel. */
  public static final int AAC_FRAME = 1024;

  private static final int MONO_BITS = 64_000;
  private static final int STEREO_BITS = 96_000;

  private final AVCodecContext context;
  private final AVPacket packet;

  private Encoder(AVCodecContext context) {
    this.context = context;
    this.packet = Ffmpeg.allocated(av_packet_alloc());
  }

  /** Opus in 20 ms packets, 64 kbit/s mono or 96 kbit/s stereo, from 16-bit samples at 48 kHz. */
  public static Encoder opus(int channels) {
    return open(
        "libopus",
        Map.of("application", "audio", "frame_duration", "20"),
        context -> {
          context.sample_fmt(AV_SAMPLE_FMT_S16);
          context.sample_rate(MediaClock.RATE);
          av_channel_layout_default(context.ch_layout(), channels);
          context.bit_rate(channels == 1 ? MONO_BITS : STEREO_BITS);
        });
  }

  /** AAC-LC mono at 48 kHz, frames of {@link #AAC_FRAME} samples, from floating-point samples. */
  public static Encoder aac(int bitRate) {
    return open(
        "aac",
        Map.of(),
        context -> {
          context.sample_fmt(AV_SAMPLE_FMT_FLTP);
          context.sample_rate(MediaClock.RATE);
          av_channel_layout_default(context.ch_layout(), 1);
          context.bit_rate(bitRate);
        });
  }

  /**
   * H.264 constrained baseline without B-frames, parameter sets before each key frame.
   *
   * @param frameRate frames a second, expected; times may differ
   * @param keyFrameEvery frames, at most
   */
  public static Encoder h264(int width, int height, int frameRate, int bitRate, int keyFrameEvery) {
    return open(
        "libopenh264",
        Map.of("rc_mode", "bitrate", "allow_skip_frames", "0"),
        context -> {
          context.width(width);
          context.height(height);
          context.pix_fmt(AV_PIX_FMT_YUV420P);
          try (AVRational rate = new AVRational().num(frameRate).den(1)) {
            context.framerate(rate);
          }
          context.bit_rate(bitRate);
          context.gop_size(keyFrameEvery);
          context.max_b_frames(0);
          context.profile(AV_PROFILE_H264_CONSTRAINED_BASELINE);
        });
  }

  private static Encoder open(
      String name, Map<String, String> options, Consumer<AVCodecContext> setUp) {
    AVCodec codec = avcodec_find_encoder_by_name(name);
    if (codec == null || codec.isNull()) {
      throw new CodecException("This server's FFmpeg was built without " + name + ".");
    }
    AVCodecContext context = Ffmpeg.allocated(avcodec_alloc_context3(codec));
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    try (AVRational tick = Ffmpeg.tick()) {
      context.time_base(tick);
      context.thread_count(1);
      setUp.accept(context);
      Ffmpeg.check(
          avcodec_open2(context, codec, dictionary),
          "Sound or picture cannot be encoded with " + name);
      return new Encoder(context);
    } catch (RuntimeException | Error e) {
      avcodec_free_context(context);
      throw e;
    } finally {
      av_dict_free(dictionary);
    }
  }

  /**
   * Encodes a frame.
   *
   * @param frame null at the end, for what is still held back
   * @param then called with each packet; must not keep it
   */
  public void encode(@Nullable AVFrame frame, Consumer<AVPacket> then) {
    if (avcodec_send_frame(context, frame) < 0) {
      return; // At the end, again; or a frame the encoder skips.
    }
    while (avcodec_receive_packet(context, packet) >= 0) {
      try {
        then.accept(packet);
      } finally {
        av_packet_unref(packet);
      }
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
