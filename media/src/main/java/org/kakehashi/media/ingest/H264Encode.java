package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;

/**
 * Makes H.264 constrained baseline of any picture: upright, progressive, at most 1280 by 720 and 30
 * frames a second, a key frame every two seconds. On a machine too slow for that, frames are left
 * out rather than late.
 *
 * <p>Thread: the player's.
 */
final class H264Encode implements Lane {
  private static final int KEY_FRAME_EVERY = 2 * MediaClock.RATE;
  private static final int MAX_RATE = 30;

  /** Frames nearer than this to the one before are left out; a little under 1/30 s, for jitter. */
  private static final long MIN_INTERVAL = MediaClock.RATE / MAX_RATE - 200;

  private final PictureSize size;
  private final Consumer<TimedUnit> then;
  private final LongSupplier playerTicks;
  private final Encoder encoder;
  private final PictureUnits units;
  private @Nullable MediaFile file;
  private @Nullable Decoder decoder;
  private @Nullable Filter filter;
  private Round round = new Round(0, 0);
  private Span span = Span.NOTHING;
  private long lastFrame = Long.MIN_VALUE / 2;
  private long lastKey = Long.MIN_VALUE / 2;

  /**
   * @param playerTicks where the player stands
   */
  H264Encode(
      PictureSize size,
      ByteBufAllocator allocator,
      Consumer<TimedUnit> then,
      LongSupplier playerTicks) {
    this.size = size;
    this.then = then;
    this.playerTicks = playerTicks;
    this.units = new PictureUnits(allocator, List.of());
    this.encoder =
        MediaFileException.possible(
            () ->
                Encoder.h264(size.width(), size.height(), MAX_RATE, size.bitRate(), 2 * MAX_RATE));
  }

  @Override
  public void begin(MediaFile file, Round round) {
    AVStream stream = file.video();
    if (stream == null) {
      return;
    }
    this.file = file;
    this.round = round;
    span = Span.NOTHING;
    lastKey = Long.MIN_VALUE / 2;
    decoder = new Decoder(file.name(), stream);
    filter = size.filter();
  }

  @Override
  public void accept(AVPacket packet) {
    decode(packet);
  }

  @Override
  public void end() {
    if (filter != null) {
      decode(null);
      filter.push(null, this::encode);
    }
    if (decoder != null) {
      decoder.checkDecodedAnything();
    }
    closeRound();
  }

  private void decode(@Nullable AVPacket packet) {
    MediaFile from = file;
    Decoder open = decoder;
    if (from == null || open == null) {
      return;
    }
    AVStream stream = from.video();
    open.decode(
        packet,
        frame -> {
          long time = frame.best_effort_timestamp();
          if (stream != null && time != AV_NOPTS_VALUE) {
            take(frame, from.ticks(time, stream), Ffmpeg.ticks(frame.duration(), stream));
          }
        });
  }

  private void take(AVFrame frame, long ticks, long duration) {
    if (ticks >= round.limit()) {
      return;
    }
    span = span.including(ticks, ticks + duration);
    long at = round.offset() + ticks;
    boolean late = at + Lookahead.AHEAD_TICKS < playerTicks.getAsLong();
    if (filter != null && !late && at - lastFrame >= MIN_INTERVAL) {
      lastFrame = at;
      frame.pts(at);
      filter.push(frame, this::encode);
    }
  }

  private void encode(AVFrame frame) {
    boolean key = frame.pts() - lastKey >= KEY_FRAME_EVERY;
    frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    if (key) {
      lastKey = frame.pts();
    }
    long at = frame.pts();
    encoder.encode(
        frame,
        packet ->
            units
                .unit(NalUnits.ofAnnexB(Ffmpeg.view(packet)), at, at - round.offset())
                .ifPresent(then));
  }

  @Override
  public Span span() {
    return span;
  }

  private void closeRound() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
    if (filter != null) {
      filter.close();
      filter = null;
    }
    file = null;
  }

  @Override
  public void close() {
    closeRound();
    encoder.close();
  }
}
