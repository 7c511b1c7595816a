package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/**
 * An opened file and its best sound and picture. Foreign content: only containers that hold their
 * media themselves are opened, never a playlist or a reference that would make FFmpeg open
 * something else.
 *
 * <p>Thread: one at a time.
 */
final class MediaFile implements AutoCloseable {
  private static final String CONTAINERS =
      "mov,matroska,webm,ogg,wav,w64,aiff,mp3,aac,flac,mpegts,mpeg,flv,avi,asf";
  private static final int NONE = -1;

  private final String name;
  private final AVFormatContext format;
  private final int audioIndex;
  private final int videoIndex;
  private final long startTicks;

  private MediaFile(String name, AVFormatContext format) {
    this.name = name;
    this.format = format;
    this.audioIndex = best(AVMEDIA_TYPE_AUDIO);
    this.videoIndex = best(AVMEDIA_TYPE_VIDEO);
    long start = format.start_time();
    this.startTicks = start == AV_NOPTS_VALUE ? 0 : Math.max(0, Ffmpeg.ticksOfMicros(start));
  }

  /**
   * Opens a file and reads as much of it as is needed to know its streams.
   *
   * @throws MediaFileException if it is no file that could be played
   */
  static MediaFile open(Path path) {
    Ffmpeg.load();
    String name = String.valueOf(path.getFileName());
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw new MediaFileException(Reason.NOT_FOUND, "“" + name + "” cannot be read.");
    }
    AVFormatContext format = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    av_dict_set(options, "protocol_whitelist", "file", 0);
    try {
      MediaFileException.check(
          avformat_open_input(format, "file:" + path.toAbsolutePath(), null, options),
          Reason.NOT_MEDIA,
          "“" + name + "” is not an audio or video file this server knows");
    } finally {
      av_dict_free(options);
    }
    try {
      MediaFileException.check(
          avformat_find_stream_info(format, (AVDictionary) null),
          Reason.DAMAGED,
          "“" + name + "” is damaged: its streams cannot be read");
      MediaFile file = new MediaFile(name, format);
      if (file.audioIndex == NONE && file.videoIndex == NONE) {
        throw new MediaFileException(
            Reason.NOTHING_TO_PLAY, "“" + name + "” has neither sound nor a moving picture.");
      }
      return file;
    } catch (RuntimeException | Error e) {
      avformat_close_input(format);
      throw e;
    }
  }

  private int best(int type) {
    int index = av_find_best_stream(format, type, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      return NONE;
    }
    AVStream stream = format.streams(index);
    boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    AVCodecParameters parameters = stream.codecpar();
    boolean known =
        type == AVMEDIA_TYPE_AUDIO
            ? parameters.sample_rate() > 0 && parameters.ch_layout().nb_channels() > 0
            : parameters.width() > 0 && parameters.height() > 0;
    return cover || !known ? NONE : index;
  }

  String name() {
    return name;
  }

  /** The sound, or null. */
  @Nullable AVStream audio() {
    return audioIndex == NONE ? null : format.streams(audioIndex);
  }

  /** The picture, or null. */
  @Nullable AVStream video() {
    return videoIndex == NONE ? null : format.streams(videoIndex);
  }

  boolean isAudio(AVPacket packet) {
    return packet.stream_index() == audioIndex;
  }

  /**
   * Reads the next packet of the sound or the picture.
   *
   * @param into emptied first; the caller unreferences it
   * @return false at the end of the file
   * @throws MediaFileException {@code DAMAGED} if the file cannot be read further
   */
  boolean read(AVPacket into) {
    while (true) {
      av_packet_unref(into);
      int result = av_read_frame(format, into);
      if (result == AVERROR_EOF) {
        return false;
      }
      MediaFileException.check(
          result, Reason.DAMAGED, "“" + name + "” is damaged and stops before its end");
      if (into.stream_index() == audioIndex || into.stream_index() == videoIndex) {
        return true;
      }
    }
  }

  /** When a packet is to be heard or seen, in ticks from the file's start, if the file says. */
  OptionalLong ticks(AVPacket packet) {
    long time = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (time == AV_NOPTS_VALUE) {
      return OptionalLong.empty();
    }
    AVStream stream = format.streams(packet.stream_index());
    return OptionalLong.of(ticks(time, stream));
  }

  /** {@code time} of a stream of this file, in ticks from the file's start. */
  long ticks(long time, AVStream stream) {
    return Ffmpeg.ticks(time, stream) - startTicks;
  }

  /** How long a packet lasts, in ticks; 0 if the file does not say. */
  long durationTicks(AVPacket packet) {
    return Ffmpeg.ticks(packet.duration(), format.streams(packet.stream_index()));
  }

  /** By how many degrees clockwise the picture must be turned to stand upright: 0, 90, 180, 270. */
  int rotation() {
    AVStream stream = video();
    if (stream == null) {
      return 0;
    }
    AVCodecParameters parameters = stream.codecpar();
    AVPacketSideData matrix =
        av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull() || matrix.size() < 9 * Integer.BYTES) {
      return 0;
    }
    double counterClockwise = av_display_rotation_get(new IntPointer(matrix.data()));
    return Double.isNaN(counterClockwise)
        ? 0
        : (int) Math.floorMod(Math.round(-counterClockwise / 90) * 90, 360L);
  }

  /** What the file says of itself. */
  MediaFileInfo info() {
    AVStream audio = audio();
    AVStream video = video();
    long micros = format.duration() == AV_NOPTS_VALUE ? 0 : Math.max(0, format.duration());
    boolean turned = rotation() % 180 != 0;
    int width = video == null ? 0 : video.codecpar().width();
    int height = video == null ? 0 : video.codecpar().height();
    return new MediaFileInfo(
        name,
        Duration.ofNanos(micros * 1_000),
        audio == null ? null : codec(audio),
        video == null ? null : codec(video),
        turned ? height : width,
        turned ? width : height,
        language(audio));
  }

  /** How long the file says it is, in ticks. */
  long durationTicks() {
    return MediaClock.ticksIn(info().duration());
  }

  private static String codec(AVStream stream) {
    return avcodec_get_name(stream.codecpar().codec_id()).getString(StandardCharsets.US_ASCII);
  }

  private static @Nullable String language(@Nullable AVStream stream) {
    if (stream == null) {
      return null;
    }
    AVDictionaryEntry entry = av_dict_get(stream.metadata(), "language", null, 0);
    return entry == null || entry.isNull()
        ? null
        : LanguageCode.tag(entry.value().getString(StandardCharsets.UTF_8).strip());
  }

  @Override
  public void close() {
    avformat_close_input(format);
  }
}
