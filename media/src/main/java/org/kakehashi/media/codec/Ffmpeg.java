package org.kakehashi.media.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/** What every use of FFmpeg here shares: its results, and its times in session ticks. */
public final class Ffmpeg {
  /** {@code AVERROR(EAGAIN)} on Linux: more input is wanted first. */
  public static final int AGAIN = -11;

  static {
    av_log_set_level(AV_LOG_FATAL); // A damaged file is told to people, once, not to stderr.
  }

  private Ffmpeg() {}

  /** Loads the libraries, so that the first file is not late; harmless when done already. */
  public static void load() {}

  /**
   * Throws if {@code result} is an error.
   *
   * @return {@code result}
   * @throws CodecException with {@code message} and what FFmpeg says
   */
  public static int check(int result, String message) {
    if (result < 0) {
      throw new CodecException(message + " (" + text(result) + ")");
    }
    return result;
  }

  /** Throws if {@code allocated} is null: the native side is out of memory. */
  public static <P extends Pointer> P allocated(@Nullable P allocated) {
    if (allocated == null || allocated.isNull()) {
      throw new OutOfMemoryError("FFmpeg could not allocate");
    }
    return allocated;
  }

  /** {@code time} in units of {@code base}, as ticks of 1/48000 s. */
  public static long ticks(long time, AVRational base) {
    try (AVRational tick = tick()) {
      return av_rescale_q(time, base, tick);
    }
  }

  /** {@code time} in units of a stream's time base, as ticks. */
  public static long ticks(long time, AVStream stream) {
    return ticks(time, stream.time_base());
  }

  /** A packet's bytes in place: valid as long as the packet is. */
  public static ByteBuf view(AVPacket packet) {
    return packet.size() == 0
        ? Unpooled.EMPTY_BUFFER
        : Unpooled.wrappedBuffer(packet.data().capacity(packet.size()).asByteBuffer());
  }

  /** A copy of what the container says to the decoder. */
  public static byte[] extradata(AVCodecParameters parameters) {
    byte[] copy = new byte[parameters.extradata_size()];
    if (copy.length > 0) {
      parameters.extradata().get(copy);
    }
    return copy;
  }

  /** {@code micros} (FFmpeg's AV_TIME_BASE) as ticks. */
  public static long ticksOfMicros(long micros) {
    return Math.multiplyExact(micros, MediaClock.RATE) / AV_TIME_BASE;
  }

  /** 1/48000 s, the time base of everything after the demuxer; the caller closes it. */
  public static AVRational tick() {
    return new AVRational().num(1).den(MediaClock.RATE);
  }

  /** A C string, to its terminating zero. */
  public static String text(byte[] buffer) {
    int length = 0;
    while (length < buffer.length && buffer[length] != 0) {
      length++;
    }
    return new String(buffer, 0, length, StandardCharsets.UTF_8);
  }

  /** What FFmpeg says of a negative result. */
  public static String text(int error) {
    byte[] buffer = new byte[128];
    av_strerror(error, buffer, buffer.length);
    return text(buffer);
  }
}
