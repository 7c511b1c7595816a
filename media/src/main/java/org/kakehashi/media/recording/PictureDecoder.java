package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.codec.CodecException;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Decodes a source's pictures and keeps the last. Thread: the recorder's.
 *
 * <p>What cannot be decoded leaves the picture as it was.
 */
final class PictureDecoder implements AutoCloseable {
  /** Enough for 8K; more is no camera but an attack on the server's memory. */
  private static final long MAX_PIXELS = 8_192L * 4_320;

  private final AVCodecContext context;
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc());
  private final AVFrame decoding = Ffmpeg.allocated(av_frame_alloc());
  private final AVFrame last = Ffmpeg.allocated(av_frame_alloc());
  private boolean any;

  /**
   * @param configuration of H.264 with lengths before its NAL units; null for VP8
   */
  PictureDecoder(Codec codec, byte @Nullable [] configuration) {
    AVCodec decoder =
        avcodec_find_decoder(codec == Codec.H264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_VP8);
    if (decoder == null || decoder.isNull()) {
      throw new CodecException("This server's FFmpeg was built without a decoder for " + codec);
    }
    context = Ffmpeg.allocated(avcodec_alloc_context3(decoder));
    context.thread_count(1);
    context.max_pixels(MAX_PIXELS);
    context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
    if (configuration != null) {
      BytePointer data =
          new BytePointer(
              Ffmpeg.allocated(av_mallocz(configuration.length + AV_INPUT_BUFFER_PADDING_SIZE)));
      data.put(configuration);
      context.extradata(data);
      context.extradata_size(configuration.length);
    }
    Ffmpeg.check(avcodec_open2(context, decoder, (AVDictionary) null), "No decoder for " + codec);
  }

  /**
   * Decodes a frame.
   *
   * @return whether a picture came out
   */
  boolean decode(byte[] data) {
    Ffmpeg.check(av_new_packet(packet, data.length), "No memory for a picture");
    packet.data().put(data);
    int sent = avcodec_send_packet(context, packet);
    av_packet_unref(packet);
    if (sent < 0) {
      return false;
    }
    boolean got = false;
    while (avcodec_receive_frame(context, decoding) >= 0) {
      int format = decoding.format();
      if (format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P) {
        av_frame_unref(last);
        av_frame_move_ref(last, decoding);
        any = true;
        got = true;
      } else {
        av_frame_unref(decoding);
      }
    }
    return got;
  }

  /** The last picture, 4:2:0; null before the first. Its time and type may be set. */
  @Nullable AVFrame last() {
    return any ? last : null;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(decoding);
    av_frame_free(last);
    avcodec_free_context(context);
  }
}
