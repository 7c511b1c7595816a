package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.codec.AvcConfiguration;
import org.kakehashi.media.codec.Ffmpeg;

/** Passes H.264 that any browser can decode through as it is. Thread: the player's. */
final class H264Copy implements Lane {
  private final ByteBufAllocator allocator;
  private final Consumer<TimedUnit> then;
  private @Nullable MediaFile file;
  private AvcConfiguration configuration = new AvcConfiguration(0, List.of());
  private PictureUnits units;
  private Round round = new Round(0, 0);
  private Span span = Span.NOTHING;
  private long last;

  H264Copy(ByteBufAllocator allocator, Consumer<TimedUnit> then) {
    this.allocator = allocator;
    this.then = then;
    this.units = new PictureUnits(allocator, List.of());
  }

  @Override
  public void begin(MediaFile file, Round round) {
    AVStream stream = file.video();
    if (stream != null) {
      configuration = AvcConfiguration.parse(Ffmpeg.extradata(stream.codecpar()));
    }
    units = new PictureUnits(allocator, configuration.parameterSets());
    this.file = file;
    this.round = round;
    span = Span.NOTHING;
  }

  @Override
  public void accept(AVPacket packet) {
    MediaFile from = file;
    if (from == null) {
      return;
    }
    long ticks = from.ticks(packet).orElse(last);
    if (ticks >= round.limit()) {
      return;
    }
    long duration = Math.max(0, from.durationTicks(packet));
    last = ticks + duration;
    span = span.including(ticks, last);
    units
        .unit(configuration.nalUnits(Ffmpeg.view(packet)), round.offset() + ticks, ticks)
        .ifPresent(then);
  }

  @Override
  public void end() {
    file = null;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public void close() {
    file = null;
  }
}
