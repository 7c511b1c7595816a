package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * One frame of the main picture as a JPEG, at most 1280 pixels wide. Reads and decodes the segment
 * the frame is in.
 *
 * <p>Thread: any; takes some 50 ms.
 */
public final class Still {
  private static final int MAX_WIDTH = 1280;

  /** Media times inside segments are this much later than the recording's. */
  private static final long LEAD = MediaClock.RATE;

  private Still() {}

  /**
   * The frame shown at a moment.
   *
   * @param ticks from the recording's first moment; the last frame beyond its end
   * @throws IOException if there is no picture then, or it cannot be decoded; the message is for
   *     people
   */
  public static byte[] jpeg(Recording recording, long ticks) throws IOException {
    Track track =
        recording
            .track(TrackInfo.PICTURE)
            .orElseThrow(() -> new IOException("the recording has no picture"));
    Segment segment =
        containing(track.snapshot().segments(), ticks)
            .orElseThrow(() -> new IOException("nothing of the picture is whole yet"));
    Path init = track.folder().resolve(Segment.initAddress(segment.init()));
    AVFrame frame = av_frame_alloc();
    try {
      decode("concat:" + init + "|" + track.file(segment.number()), ticks + LEAD, frame);
      return encode(frame);
    } finally {
      av_frame_free(frame);
    }
  }

  /** The last segment that begins at {@code ticks} or before and whose decoding can begin there. */
  private static Optional<Segment> containing(List<Segment> segments, long ticks) {
    Segment found = null;
    for (Segment segment : segments) {
      if (segment.independent() && (found == null || segment.start() <= ticks)) {
        found = segment;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Leaves in {@code shown} the last frame that begins at {@code ticks} or before. */
  private static void decode(String url, long ticks, AVFrame shown) throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    if (avformat_open_input(input, url, (AVInputFormat) null, (AVDictionary) null) < 0) {
      throw new IOException("the segment cannot be read");
    }
    AVCodecContext decoder = null;
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try {
      if (input.nb_streams() < 1) {
        throw new IOException("the segment is empty");
      }
      AVStream stream = input.streams(0);
      AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
      decoder = avcodec_alloc_context3(codec);
      avcodec_parameters_to_context(decoder, stream.codecpar());
      decoder.pkt_timebase(stream.time_base());
      if (avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
        throw new IOException("the picture cannot be decoded");
      }
      boolean more = true;
      while (more) {
        boolean read = av_read_frame(input, packet) >= 0;
        avcodec_send_packet(decoder, read ? packet : null);
        av_packet_unref(packet);
        while (more && avcodec_receive_frame(decoder, frame) >= 0) {
          more = shown.width() == 0 || ticks(frame, stream) <= ticks;
          if (more) {
            av_frame_unref(shown);
            av_frame_move_ref(shown, frame);
          }
        }
        more &= read;
      }
    } finally {
      av_frame_free(frame);
      av_packet_free(packet);
      free(decoder);
      avformat_close_input(input);
    }
    if (shown.width() == 0) {
      throw new IOException("the picture cannot be decoded");
    }
  }

  private static long ticks(AVFrame frame, AVStream stream) {
    AVRational base = stream.time_base();
    return frame.best_effort_timestamp() * base.num() * MediaClock.RATE / base.den();
  }

  private static byte[] encode(AVFrame frame) throws IOException {
    int width = Math.min(MAX_WIDTH, frame.width()) / 2 * 2;
    int height = Math.max(2, (int) ((long) frame.height() * width / frame.width()) / 2 * 2);
    AVFrame scaled = av_frame_alloc();
    AVPacket packet = av_packet_alloc();
    AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    AVCodecContext encoder = avcodec_alloc_context3(codec);
    try {
      scale(frame, scaled, width, height);
      encoder.width(width).height(height).pix_fmt(AV_PIX_FMT_YUVJ420P);
      encoder.color_range(AVCOL_RANGE_JPEG);
      encoder.time_base().num(1).den(25);
      encoder.qmin(3).qmax(5);
      if (avcodec_open2(encoder, codec, (AVDictionary) null) < 0
          || avcodec_send_frame(encoder, scaled) < 0
          || avcodec_receive_packet(encoder, packet) < 0) {
        throw new IOException("the picture cannot be written as JPEG");
      }
      byte[] jpeg = new byte[packet.size()];
      packet.data().get(jpeg);
      return jpeg;
    } finally {
      av_packet_free(packet);
      av_frame_free(scaled);
      free(encoder);
    }
  }

  private static void scale(AVFrame from, AVFrame to, int width, int height) throws IOException {
    to.width(width).height(height).format(AV_PIX_FMT_YUVJ420P);
    SwsContext scaler =
        sws_getContext(
            from.width(),
            from.height(),
            from.format(),
            width,
            height,
            AV_PIX_FMT_YUVJ420P,
            SWS_BICUBIC,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    if (scaler == null || scaler.isNull() || av_frame_get_buffer(to, 0) < 0) {
      throw new IOException("the picture cannot be scaled");
    }
    try {
      sws_scale(scaler, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize());
    } finally {
      sws_freeContext(scaler);
    }
  }

  private static void free(@Nullable AVCodecContext context) {
    if (context != null) {
      avcodec_free_context(context);
    }
  }
}
