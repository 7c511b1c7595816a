package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.audio.PacketLevel;
import org.kakehashi.media.audio.SoundLevel;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Passes 20 ms Opus packets through as they are. One in five is decoded beside, for the level only.
 *
 * <p>Thread: the player's.
 */
final class OpusCopy implements Lane {
  private final ByteBufAllocator allocator;
  private final Consumer<TimedUnit> then;
  private @Nullable MediaFile file;
  private @Nullable PacketLevel levels;
  private Round round = new Round(0, 0);
  private Span span = Span.NOTHING;
  private long next;
  private int level = SoundLevel.SILENCE;

  OpusCopy(ByteBufAllocator allocator, Consumer<TimedUnit> then) {
    this.allocator = allocator;
    this.then = then;
  }

  @Override
  public void begin(MediaFile file, Round round) {
    this.file = file;
    this.round = round;
    span = Span.NOTHING;
    levels = new PacketLevel();
  }

  @Override
  public void accept(AVPacket packet) {
    MediaFile from = file;
    PacketLevel measured = levels;
    if (from == null || measured == null) {
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
    int now = measured.measure(data);
    if (now != MediaPacket.NO_LEVEL) {
      level = now;
    }
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
    if (levels != null) {
      levels.close();
      levels = null;
    }
  }
}
