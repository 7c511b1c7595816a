package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.audio.SoundLevel;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Makes 20 ms Opus packets from any sound. One encoder runs through all rounds, so a repetition
 * sounds without a seam.
 *
 * <p>Thread: the player's.
 */
final class OpusEncode implements Lane {
  /** What libopus looks ahead at 48 kHz: what is decoded from a packet is this much older. */
  static final int DELAY = 312;

  private static final int FRAME = Encoder.OPUS_FRAME;

  /** A hole up to a second is silence; a longer one is a hole. */
  private static final long MAX_SILENCE = 48_000;

  /** Less than this is a container's rounding, not a hole. */
  private static final long TOLERANCE = 1_920;

  private final ByteBufAllocator allocator;
  private final Consumer<TimedUnit> then;
  private final int channels;
  private final Encoder encoder;
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc());
  private final short[] pending;
  private @Nullable SoundDecoder decoder;
  private Round round = new Round(0, 0);
  private Span span = Span.NOTHING;
  private boolean started;
  private int filled;

  /** The player's time of the next sample to be written. */
  private long next;

  OpusEncode(int channels, ByteBufAllocator allocator, Consumer<TimedUnit> then) {
    this.channels = channels;
    this.allocator = allocator;
    this.then = then;
    this.encoder = MediaFileException.possible(() -> Encoder.opus(channels));
    this.pending = new short[FRAME * channels];
    frame.nb_samples(FRAME);
    frame.format(AV_SAMPLE_FMT_S16);
    av_channel_layout_default(frame.ch_layout(), channels);
    av_frame_get_buffer(frame, 0);
  }

  @Override
  public void begin(MediaFile file, Round round) {
    AVStream stream = file.audio();
    this.round = round;
    span = Span.NOTHING;
    decoder = stream == null ? null : new SoundDecoder(file, stream, channels);
  }

  @Override
  public void accept(AVPacket packet) {
    if (decoder != null) {
      decoder.decode(packet, this::write);
    }
  }

  @Override
  public void end() {
    SoundDecoder ending = decoder;
    decoder = null;
    if (ending != null) {
      try (ending) {
        ending.decode(null, this::write);
      }
    }
    if (filled > 0) {
      silence(FRAME - filled);
    }
  }

  private void write(long ticks, ShortBuffer pcm) {
    long at = round.offset() + ticks;
    if (!started || at - next > MAX_SILENCE) {
      if (filled > 0) {
        silence(FRAME - filled);
      }
      next = Math.max(at, round.offset());
      started = true;
    } else if (at - next > TOLERANCE) {
      silence((int) (at - next));
    }
    long overlap = next - at > TOLERANCE || at < round.offset() ? Math.max(0, next - at) : 0;
    int from = (int) Math.min(pcm.remaining(), overlap * channels);
    long room = Math.max(0, round.offset() + round.limit() - next) * channels;
    int count = (int) Math.min(pcm.remaining() - from, room);
    long begin = next;
    append(pcm.slice(from, count));
    if (count > 0) {
      span = span.including(begin - round.offset(), next - round.offset());
    }
  }

  private void silence(int samples) {
    append(ShortBuffer.wrap(new short[samples * channels]));
  }

  private void append(ShortBuffer pcm) {
    while (pcm.hasRemaining()) {
      int count = Math.min(pcm.remaining(), (FRAME - filled) * channels);
      pcm.get(pending, filled * channels, count);
      filled += count / channels;
      next += count / channels;
      if (filled == FRAME) {
        encode(next - FRAME);
        filled = 0;
      }
    }
  }

  private void encode(long at) {
    av_frame_make_writable(frame);
    ShortBuffer samples = ShortBuffer.wrap(pending);
    frame
        .data(0)
        .capacity((long) pending.length * Short.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asShortBuffer()
        .put(samples);
    frame.pts(at);
    int level = SoundLevel.of(samples.rewind());
    encoder.encode(
        frame,
        packet -> {
          ByteBuf data = Ffmpeg.view(packet);
          ByteBuf payload = allocator.buffer(data.readableBytes()).writeBytes(data);
          then.accept(
              new TimedUnit(true, at - DELAY, at - round.offset(), List.of(payload), true, level));
        });
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
    encoder.close();
    av_frame_free(frame);
  }
}
