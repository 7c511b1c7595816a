package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.kakehashi.media.codec.Ffmpeg;

/** What FFmpeg hears and sees in a file: clicks and flashes, by time, and anything wrong. */
public final class Decoded {
  /** By index of stream: where clicks or flashes begin, in ticks of the file's time. */
  public final Map<Integer, List<Long>> events = new LinkedHashMap<>();

  /** By index of stream: samples or frames. */
  public final Map<Integer, Long> counts = new LinkedHashMap<>();

  /** By index of stream: time of the first and the end of the last frame, in ticks. */
  public final Map<Integer, long[]> spans = new LinkedHashMap<>();

  public final Map<Integer, String> languages = new LinkedHashMap<>();
  public final List<String> errors = new ArrayList<>();
  public final List<String> chapters = new ArrayList<>();
  public final List<String> sizes = new ArrayList<>();

  /** Decodes a track's segments with these numbers, which all have one initialisation. */
  static Decoded segments(Path track, String init, List<Segment> segments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(track.resolve(init)));
    for (Segment segment : segments) {
      bytes.write(Files.readAllBytes(track.resolve(segment.address())));
    }
    Path file = Files.createTempFile("segments", ".mp4");
    try {
      Files.write(file, bytes.toByteArray());
      return file(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Decodes a whole track, one run of equal initialisations after another. */
  static List<Decoded> track(Track track) throws IOException {
    List<Decoded> runs = new ArrayList<>();
    List<Segment> run = new ArrayList<>();
    for (Segment segment : track.snapshot().segments()) {
      if (!run.isEmpty() && run.getLast().init() != segment.init()) {
        runs.add(segments(track.folder(), Segment.initAddress(run.getLast().init()), run));
        run.clear();
      }
      run.add(segment);
    }
    if (!run.isEmpty()) {
      runs.add(segments(track.folder(), Segment.initAddress(run.getLast().init()), run));
    }
    return runs;
  }

  /** All events of a track, in ticks of the recording. */
  static List<Long> events(Track track) throws IOException {
    List<Long> events = new ArrayList<>();
    for (Decoded run : track(track)) {
      if (!run.errors.isEmpty()) {
        throw new AssertionError(track + ": " + run.errors);
      }
      run.events.get(0).forEach(time -> events.add(time - Fragmenter.OFFSET));
    }
    return events;
  }

  /** Decodes all streams of a file. */
  public static Decoded file(Path file) {
    Decoded result = new Decoded();
    AVFormatContext format = new AVFormatContext(null);
    int opened =
        avformat_open_input(format, file.toString(), (AVInputFormat) null, (AVDictionary) null);
    if (opened < 0) {
      result.errors.add("cannot be opened: " + Ffmpeg.text(opened));
      return result;
    }
    avformat_find_stream_info(format, (AVDictionary) null);
    Stream[] streams = new Stream[format.nb_streams()];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new Stream(result, format.streams(i), i);
    }
    for (int i = 0; i < format.nb_chapters(); i++) {
      var chapter = format.chapters(i);
      var title =
          org.bytedeco.ffmpeg.global.avutil.av_dict_get(chapter.metadata(), "title", null, 0);
      result.chapters.add(
          "%d-%d %s"
              .formatted(
                  Ffmpeg.ticks(chapter.start(), chapter.time_base()),
                  Ffmpeg.ticks(chapter.end(), chapter.time_base()),
                  title == null ? "" : title.value().getString()));
    }
    AVPacket packet = av_packet_alloc();
    while (av_read_frame(format, packet) >= 0) {
      streams[packet.stream_index()].decode(packet);
      av_packet_unref(packet);
    }
    for (Stream stream : streams) {
      stream.decode(null);
      stream.close();
    }
    av_packet_free(packet);
    avformat_close_input(format);
    return result;
  }

  private static final class Stream {
    /** Louder than the hum of {@link SimulatedVoice}; below it for this long ends a click. */
    private static final float LOUD = 0.2f;

    private static final int QUIET = 2_400;

    private final Decoded result;
    private final AVStream stream;
    private final int index;
    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final List<Long> events = new ArrayList<>();
    private long lastLoud = Long.MIN_VALUE / 2;
    private boolean wasWhite;
    private long count;
    private long first = Long.MIN_VALUE;
    private long end;
    private long lastDts = Long.MIN_VALUE;

    Stream(Decoded result, AVStream stream, int index) {
      this.result = result;
      this.stream = stream;
      this.index = index;
      AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
      context = codec == null || codec.isNull() ? null : avcodec_alloc_context3(codec);
      if (context != null) {
        avcodec_parameters_to_context(context, stream.codecpar());
        context.pkt_timebase(stream.time_base());
        context.thread_count(1);
        context.err_recognition(1 | 8);
        avcodec_open2(context, codec, (AVDictionary) null);
      }
      var language =
          org.bytedeco.ffmpeg.global.avutil.av_dict_get(stream.metadata(), "language", null, 0);
      if (language != null) {
        result.languages.put(index, language.value().getString());
      }
      result.events.put(index, events);
    }

    void decode(AVPacket packet) {
      if (context == null) {
        return;
      }
      if (packet != null) {
        if (packet.dts() <= lastDts) {
          result.errors.add("stream " + index + ": time goes back to " + packet.dts());
        }
        lastDts = packet.dts();
      }
      int sent = avcodec_send_packet(context, packet);
      if (sent < 0) {
        result.errors.add("stream " + index + " at " + lastDts + ": " + Ffmpeg.text(sent));
        return;
      }
      while (avcodec_receive_frame(context, frame) >= 0) {
        long time = Ffmpeg.ticks(frame.best_effort_timestamp(), stream);
        if (first == Long.MIN_VALUE) {
          first = time;
        }
        int type = stream.codecpar().codec_type();
        if (type == AVMEDIA_TYPE_AUDIO) {
          listen(time);
        } else if (type == AVMEDIA_TYPE_VIDEO) {
          look(time);
        }
        if (frame.decode_error_flags() != 0) {
          result.errors.add("stream " + index + " at " + time + ": decoded with errors");
        }
      }
    }

    private void listen(long time) {
      int samples = frame.nb_samples();
      FloatBuffer pcm =
          frame
              .data(0)
              .capacity((long) samples * Float.BYTES)
              .asByteBuffer()
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int i = 0; i < samples; i++) {
        if (Math.abs(pcm.get(i)) > LOUD) {
          if (time + i - lastLoud > QUIET) {
            events.add(time + i);
          }
          lastLoud = time + i;
        }
      }
      count += samples;
      end = time + samples;
    }

    private void look(long time) {
      boolean white = (frame.data(0).get(0) & 0xFF) > 128;
      if (white && !wasWhite) {
        events.add(time);
      }
      wasWhite = white;
      count++;
      end = time + Ffmpeg.ticks(frame.duration(), stream);
      String size = frame.width() + "x" + frame.height();
      if (result.sizes.isEmpty() || !result.sizes.getLast().equals(size)) {
        result.sizes.add(size);
      }
    }

    void close() {
      result.counts.put(index, count);
      result.spans.put(index, new long[] {first, end});
      if (context != null) {
        avcodec_free_context(context);
      }
      av_frame_free(frame);
    }
  }
}
