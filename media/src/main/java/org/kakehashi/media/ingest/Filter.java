package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/**
 * Brings decoded frames into the one form their encoder takes, with FFmpeg's filters. Frame times
 * are in session ticks before and after. A change of form in mid-file begins a new chain.
 *
 * <p>Thread: the player's.
 */
final class Filter implements AutoCloseable {
  private static final String IN = "in";
  private static final String OUT = "out";

  private final String chain;
  private final boolean sound;
  private final AVFrame out = Ffmpeg.allocated(av_frame_alloc());
  private String form = "";
  private @Nullable AVFilterGraph graph;
  private @Nullable AVFilterContext source;
  private @Nullable AVFilterContext sink;

  private Filter(String chain, boolean sound) {
    this.chain = chain;
    this.sound = sound;
  }

  /** To 16-bit interleaved sound at 48 kHz. */
  static Filter sound(int channels) {
    return new Filter(
        "aresample=%d,aformat=sample_fmts=s16:channel_layouts=%s"
            .formatted(MediaClock.RATE, channels == 1 ? "mono" : "stereo"),
        true);
  }

  /**
   * To an upright, progressive 4:2:0 picture of square pixels.
   *
   * @param rotation degrees clockwise, 0, 90, 180 or 270
   */
  static Filter picture(int width, int height, int rotation, boolean interlaced) {
    String turn =
        switch (rotation) {
          case 90 -> "transpose=clock,";
          case 180 -> "hflip,vflip,";
          case 270 -> "transpose=cclock,";
          default -> "";
        };
    return new Filter(
        "%s%sscale=%d:%d,setsar=1,format=yuv420p"
            .formatted(interlaced ? "yadif," : "", turn, width, height),
        false);
  }

  /**
   * Sends a frame through.
   *
   * @param frame its contents are taken over; null at the end
   * @param then called with each frame that comes out; must not keep it
   */
  void push(@Nullable AVFrame frame, Consumer<AVFrame> then) {
    if (frame != null) {
      String next = form(frame);
      if (!next.equals(form)) {
        drain(then);
        open(next);
      }
      if (av_buffersrc_add_frame(source, frame) < 0) {
        av_frame_unref(frame);
        return;
      }
      pull(then);
    } else {
      drain(then);
    }
  }

  private void drain(Consumer<AVFrame> then) {
    if (graph != null) {
      av_buffersrc_add_frame(source, null);
      pull(then);
      free();
    }
  }

  private void pull(Consumer<AVFrame> then) {
    while (av_buffersink_get_frame(sink, out) >= 0) {
      try {
        then.accept(out);
      } finally {
        av_frame_unref(out);
      }
    }
  }

  private void open(String next) {
    AVFilterGraph opened = Ffmpeg.allocated(avfilter_graph_alloc());
    graph = opened;
    opened.nb_threads(1);
    String description =
        "%sbuffer@%s=%s,%s,%sbuffersink@%s"
            .formatted(sound ? "a" : "", IN, next, chain, sound ? "a" : "", OUT);
    String failed = "The file's sound or picture cannot be converted";
    AVFilterInOut none = new AVFilterInOut(null);
    MediaFileException.check(
        avfilter_graph_parse_ptr(opened, description, none, none, null),
        Reason.NOT_POSSIBLE_HERE,
        failed);
    MediaFileException.check(avfilter_graph_config(opened, null), Reason.NOT_POSSIBLE_HERE, failed);
    String kind = sound ? "abuffer" : "buffer";
    source = Ffmpeg.allocated(avfilter_graph_get_filter(opened, kind + "@" + IN));
    sink = Ffmpeg.allocated(avfilter_graph_get_filter(opened, kind + "sink@" + OUT));
    form = next;
  }

  private String form(AVFrame frame) {
    if (!sound) {
      return "video_size=%dx%d:pix_fmt=%d:time_base=1/%d:colorspace=%d:range=%d"
          .formatted(
              frame.width(),
              frame.height(),
              frame.format(),
              MediaClock.RATE,
              frame.colorspace(),
              frame.color_range());
    }
    byte[] layout = new byte[128];
    av_channel_layout_describe(frame.ch_layout(), layout, layout.length);
    return "sample_rate=%d:sample_fmt=%d:channel_layout=%s:time_base=1/%d"
        .formatted(
            frame.sample_rate(),
            frame.format(),
            Ffmpeg.text(layout).replaceAll("(\\d+) channels", "$1c"),
            MediaClock.RATE);
  }

  private void free() {
    if (graph != null) {
      avfilter_graph_free(graph);
      graph = null;
      source = null;
      sink = null;
      form = "";
    }
  }

  @Override
  public void close() {
    free();
    av_frame_free(out);
  }
}
