package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Passes 20 ms Opus packets through as they are. They are decoded beside, for their level only.
 *
 * <p>Thread: the player's.
 */
final class OpusCopy implements Lane {
  private final ByteBufAllocator allocator;
  private final Consumer<TimedUnit> then;
  private @Nullable MediaFile file;
  private @Nullable SoundDecoder decoder;
  private Round round = new Round(0, 0);
  private Span span = Span.NOTHING;
  private long next;
  private int level;

  OpusCopy(ByteBufAllocator allocator, Consumer<TimedUnit> then) {
    this.allocator = allocator;
    this.then = then;
  }

  @Override
  public void begin(MediaFile file, Round round) {
    AVStream stream = file.audio();
    this.file = file;
    this.round = round;
    span = Span.NOTHING;
    decoder = stream == null ? null : new SoundDecoder(file, stream, 1);
  }

  @Override
  public void accept(AVPacket packet) {
    MediaFile from = file;
    SoundDecoder ear = decoder;
    if (from == null || ear == null) {
      return;
    }
    ByteBuf data = Ffmpeg.view(packet);
    if (OpusFrames.ticks(data) != Encoder.OPUS_FRAME) {
      return; // Only a last, short packet can be: the survey has seen the others.
    }
    long ticks = time(from.ticks(packet).orElse(next));
    next = ticks + Encoder.OPUS_FRAME;
    if (next > round.limit()) {
      return;
    }
    level = SoundLevel.SILENCE;
    ear.decode(packet, (at, pcm) -> level = SoundLevel.of(pcm));
    span = span.including(ticks, next);
    ByteBuf payload = allocator.buffer(data.readableBytes()).writeBytes(data);
    then.accept(new TimedUnit(true, round.offset() + ticks, ticks, List.of(payload), true, level));
  }

  /** Containers round to a millisecond: packets that follow one another closely follow exactly. */
  private long time(long said) {
    boolean first = span.equals(Span.NOTHING);
    return first || Math.abs(said - next) >= Encoder.OPUS_FRAME ? said : next;
  }

  @Override
  public void end() {
    close();
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
  }
}
