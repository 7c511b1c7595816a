package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Writes one fragmented MP4 of several tracks, with libavformat. Thread: one at a time.
 *
 * <pre>
 *   audio, video, chapters ─▶ begin ─▶ (add, add, … cut)* ─▶ close
 * </pre>
 */
final class DownloadMuxer implements AutoCloseable {
  /** {@code avc3}: parameter sets stand in the samples, so that the format may change. */
  private static final int AVC3 = 'a' | 'v' << 8 | 'c' << 16 | '3' << 24;

  private final AVFormatContext format = new AVFormatContext(null);
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc());
  private @Nullable MuxerOutput output;

  /**
   * @param title of the file
   */
  DownloadMuxer(String title) {
    Ffmpeg.check(
        avformat_alloc_output_context2(format, (AVOutputFormat) null, "mp4", null),
        "FFmpeg cannot write MP4");
    format.metadata(dictionary(Map.of("title", title)));
  }

  /**
   * Adds a track of sound.
   *
   * @param language ISO 639-2, three letters
   * @return its index
   */
  int audio(String name, String language, boolean isDefault) {
    AVStream stream = stream(name, language, isDefault);
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(AVMEDIA_TYPE_AUDIO);
    parameters.codec_id(AV_CODEC_ID_AAC);
    parameters.sample_rate(MediaClock.RATE);
    parameters.frame_size(AacLane.FRAME);
    av_channel_layout_default(parameters.ch_layout(), 1);
    Fragmenter.extradata(parameters, Fragmenter.AAC_LC_48000_MONO);
    return stream.index();
  }

  /**
   * Adds a picture.
   *
   * @param first its format, the first if there are several
   * @param changes whether there are several; the samples then carry their parameter sets
   * @return its index
   */
  int video(String name, PictureFormat first, boolean changes) {
    AVStream stream = stream(name, "und", true);
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(AV_CODEC_ID_H264);
    parameters.codec_tag(changes ? AVC3 : 0);
    parameters.width(first.width());
    parameters.height(first.height());
    Fragmenter.extradata(parameters, first.configuration());
    return stream.index();
  }

  /** Sets the chapters, whose times count from the file's start. */
  void chapters(List<DownloadChapter> chapters) {
    if (chapters.isEmpty()) {
      return;
    }
    // avformat_free_context frees them one by one, so each is FFmpeg's own memory.
    Pointer array = Ffmpeg.allocated(av_mallocz((long) chapters.size() * Long.BYTES));
    PointerPointer<AVChapter> pointers = new PointerPointer<>(array);
    for (int i = 0; i < chapters.size(); i++) {
      DownloadChapter chapter = chapters.get(i);
      AVChapter entry =
          new AVChapter(Ffmpeg.allocated(av_mallocz(new AVChapter((Pointer) null).sizeof())));
      try (AVRational tick = Ffmpeg.tick()) {
        entry.id(i).time_base(tick).start(chapter.start()).end(chapter.end());
      }
      entry.metadata(dictionary(Map.of("title", chapter.title())));
      pointers.put(i, entry);
    }
    format.chapters(pointers);
    format.nb_chapters(chapters.size());
  }

  /**
   * Writes the file's beginning.
   *
   * @param ticks how long it will be
   */
  byte[] begin(long ticks) {
    output = new MuxerOutput(format);
    AVDictionary options =
        dictionary(
            Map.of(
                "movflags", "+frag_custom+empty_moov+default_base_moof+frag_discont",
                "use_editlist", "0",
                "avoid_negative_ts", "disabled",
                "video_track_timescale", String.valueOf(MediaClock.RATE),
                "fflags", "+bitexact"));
    try {
      Ffmpeg.check(avformat_write_header(format, options), "The MP4 header cannot be written");
    } finally {
      av_dict_free(options);
    }
    byte[] bytes = output.take();
    tellDuration(bytes, ticks);
    return bytes;
  }

  /** Adds a sample of track {@code index}. */
  void add(int index, Sample sample) {
    Ffmpeg.check(av_new_packet(packet, sample.data().length), "No memory for a sample");
    try {
      packet.data().put(sample.data());
      long base = format.streams(index).time_base().den();
      long time = sample.time() * base / MediaClock.RATE;
      packet.pts(time);
      packet.dts(time);
      packet.duration(sample.end() * base / MediaClock.RATE - time);
      packet.flags(sample.key() ? AV_PKT_FLAG_KEY : 0);
      packet.stream_index(index);
      Ffmpeg.check(av_write_frame(format, packet), "A sample cannot be written");
    } finally {
      av_packet_unref(packet);
    }
  }

  /** Ends the fragment; what is to be written next. */
  byte[] cut() {
    Ffmpeg.check(av_write_frame(format, null), "A fragment cannot be written");
    return Objects.requireNonNull(output).take();
  }

  private AVStream stream(String name, String language, boolean isDefault) {
    AVStream stream = Ffmpeg.allocated(avformat_new_stream(format, (AVCodec) null));
    try (AVRational tick = Ffmpeg.tick()) {
      stream.time_base(tick);
    }
    stream.disposition(isDefault ? AV_DISPOSITION_DEFAULT : 0);
    stream.metadata(dictionary(Map.of("language", language, "handler_name", name, "title", name)));
    return stream;
  }

  /** Fragmented files need not say how long they are, but players are glad to know. */
  private static void tellDuration(byte[] beginning, long ticks) {
    ByteBuf header = Boxes.find(Unpooled.wrappedBuffer(beginning), "moov", "mvhd");
    int timescaleAt = 12;
    if (header.readableBytes() > timescaleAt + 8 && header.getByte(0) == 0) {
      long timescale = header.getUnsignedInt(timescaleAt);
      header.setInt(timescaleAt + 4, (int) (ticks * timescale / MediaClock.RATE));
    }
  }

  private static AVDictionary dictionary(Map<String, String> entries) {
    AVDictionary dictionary = new AVDictionary(null);
    entries.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
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
