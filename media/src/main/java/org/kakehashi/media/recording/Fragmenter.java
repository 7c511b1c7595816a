package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Makes CMAF chunks (ISO/IEC 23000-19) of the samples of one track, with libavformat's MP4 muxer.
 *
 * <p>Thread: the recorder's.
 */
final class Fragmenter implements AutoCloseable {
  /** Media times in segments are the recording's plus this, so that none is negative: 1 s. */
  static final long OFFSET = MediaClock.RATE;

  /** AudioSpecificConfig (ISO/IEC 14496-3): AAC-LC, 48 kHz, one channel. */
  static final byte[] AAC_LC_48000_MONO = {0x11, (byte) 0x88};

  private static final String MOVFLAGS =
      "+cmaf+frag_custom+empty_moov+default_base_moof+frag_discont+negative_cts_offsets";

  private final AVFormatContext format;
  private final AVPacket packet;
  private final byte[] init;
  private @Nullable MuxerOutput output;

  private Fragmenter(Consumer<AVCodecParameters> describe) {
    packet = Ffmpeg.allocated(av_packet_alloc());
    format = new AVFormatContext(null);
    try (AVRational tick = Ffmpeg.tick()) {
      Ffmpeg.check(
          avformat_alloc_output_context2(format, (AVOutputFormat) null, "mp4", null),
          "FFmpeg cannot write MP4");
      AVStream stream = Ffmpeg.allocated(avformat_new_stream(format, (AVCodec) null));
      stream.time_base(tick);
      describe.accept(stream.codecpar());
      output = new MuxerOutput(format);
      writeHeader();
      init = output.take();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** For AAC-LC, mono, 48 kHz. */
  static Fragmenter aac(int bitRate) {
    return new Fragmenter(
        parameters -> {
          parameters.codec_type(AVMEDIA_TYPE_AUDIO);
          parameters.codec_id(AV_CODEC_ID_AAC);
          parameters.sample_rate(MediaClock.RATE);
          parameters.frame_size(AacLane.FRAME);
          parameters.bit_rate(bitRate);
          av_channel_layout_default(parameters.ch_layout(), 1);
          extradata(parameters, AAC_LC_48000_MONO);
        });
  }

  /** For H.264 whose samples have a length of four bytes before each NAL unit. */
  static Fragmenter h264(PictureFormat picture) {
    return new Fragmenter(
        parameters -> {
          parameters.codec_type(AVMEDIA_TYPE_VIDEO);
          parameters.codec_id(AV_CODEC_ID_H264);
          parameters.width(picture.width());
          parameters.height(picture.height());
          extradata(parameters, picture.configuration());
        });
  }

  static void extradata(AVCodecParameters parameters, byte[] bytes) {
    Pointer memory = Ffmpeg.allocated(av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE));
    BytePointer data = new BytePointer(memory);
    data.put(bytes);
    parameters.extradata(data);
    parameters.extradata_size(bytes.length);
  }

  /** The initialisation, {@code ftyp} and {@code moov}. */
  byte[] init() {
    return init;
  }

  /**
   * Adds a sample to the chunk.
   *
   * @param time ticks of the recording, after the sample before
   * @param duration ticks
   */
  void add(long time, long duration, boolean key, byte[] bytes) {
    Ffmpeg.check(av_new_packet(packet, bytes.length), "No memory for a sample");
    try {
      packet.data().put(bytes);
      packet.pts(time + OFFSET);
      packet.dts(time + OFFSET);
      packet.duration(duration);
      packet.flags(key ? AV_PKT_FLAG_KEY : 0);
      packet.stream_index(0);
      Ffmpeg.check(av_write_frame(format, packet), "A sample cannot be written");
    } finally {
      av_packet_unref(packet);
    }
  }

  /** Ends the chunk. */
  byte[] cut() {
    Ffmpeg.check(av_write_frame(format, null), "A chunk cannot be written");
    return Objects.requireNonNull(output).take();
  }

  private void writeHeader() {
    AVDictionary options = new AVDictionary(null);
    try {
      av_dict_set(options, "movflags", MOVFLAGS, 0);
      av_dict_set(options, "use_editlist", "0", 0);
      av_dict_set(options, "avoid_negative_ts", "disabled", 0);
      av_dict_set(options, "video_track_timescale", String.valueOf(MediaClock.RATE), 0);
      av_dict_set(options, "fflags", "+bitexact", 0);
      Ffmpeg.check(avformat_write_header(format, options), "The MP4 header cannot be written");
    } finally {
      av_dict_free(options);
    }
  }

  @Override
  public void close() {
    if (output != null) {
      output.close();
    }
    av_packet_free(packet);
    avformat_free_context(format);
  }
}
