package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/**
 * Decodes one stream of a file. A packet that cannot be decoded is left out, as a player does; a
 * stream of which nothing can be decoded is damaged.
 *
 * <p>Thread: the player's.
 */
final class Decoder implements AutoCloseable {
  /** Enough for 8K; more is not a greeting but an attack on the server's memory. */
  private static final long MAX_PIXELS = 8_192L * 4_320;

  private static final int THREADS = 2;

  private final String name;
  private final AVCodecContext context;
  private final AVFrame frame;
  private long frames;
  private long failures;

  /**
   * @throws MediaFileException if this build cannot decode the stream
   */
  Decoder(String name, AVStream stream) {
    this.name = name;
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw unsupported(name);
    }
    context = Ffmpeg.allocated(avcodec_alloc_context3(codec));
    frame = Ffmpeg.allocated(av_frame_alloc());
    avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(stream.time_base());
    context.thread_count(THREADS);
    context.max_pixels(MAX_PIXELS);
    if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      close();
      throw unsupported(name);
    }
  }

  /**
   * Decodes a packet.
   *
   * @param packet null at the end of the stream, for the frames still held back
   * @param then called with each frame; may take its contents over, must not keep it
   */
  void decode(@Nullable AVPacket packet, Consumer<AVFrame> then) {
    if (avcodec_send_packet(context, packet) < 0) {
      failures++;
      return;
    }
    int result = avcodec_receive_frame(context, frame);
    while (result >= 0) {
      frames++;
      then.accept(frame);
      result = avcodec_receive_frame(context, frame);
    }
  }

  /** Throws if there was something to decode and none of it could be. */
  void checkDecodedAnything() {
    if (frames == 0 && failures > 0) {
      throw new MediaFileException(
          Reason.DAMAGED, "“" + name + "” is damaged: nothing in it can be decoded.");
    }
  }

  private static MediaFileException unsupported(String name) {
    return new MediaFileException(
        Reason.NOT_POSSIBLE_HERE,
        "“" + name + "” uses a codec this server cannot decode. Convert it to MP4 (H.264, AAC).");
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
