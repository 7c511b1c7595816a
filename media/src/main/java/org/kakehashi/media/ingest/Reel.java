package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/**
 * A file being read, round after round: hands each packet to the lane of its stream. A repetition
 * opens the file again, which works for every container, seekable or not.
 *
 * <p>Thread: the player's, after {@link #open}.
 */
final class Reel implements AutoCloseable {
  private final Path path;
  private final Playback playback;
  private final MediaFileInfo info;
  private final @Nullable Lane sound;
  private final @Nullable Lane picture;
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc());
  private @Nullable MediaFile file;
  private long offset;

  private Reel(
      Path path, Playback playback, MediaFile file, @Nullable Lane sound, @Nullable Lane picture) {
    this.path = path;
    this.playback = playback;
    this.info = file.info();
    this.sound = sound;
    this.picture = picture;
    begin(file);
  }

  /**
   * Opens a file for playing.
   *
   * @param then gets what is to be published, each lane in order
   * @param playerTicks where the player stands, in ticks from its start
   * @throws MediaFileException if it cannot be played
   */
  static Reel open(
      Path path,
      Playback playback,
      ByteBufAllocator allocator,
      Consumer<TimedUnit> then,
      LongSupplier playerTicks) {
    Survey survey = Survey.of(path);
    MediaFile file = MediaFile.open(path);
    Lane sound = null;
    Lane picture = null;
    try {
      AVStream audio = file.audio();
      if (audio != null) {
        int channels = Math.min(2, audio.codecpar().ch_layout().nb_channels());
        sound =
            survey.copiesSound()
                ? new OpusCopy(allocator, then)
                : new OpusEncode(channels, allocator, then);
      }
      AVStream video = file.video();
      if (video != null) {
        PictureSize size = PictureSize.of(video, file.rotation());
        picture =
            survey.copiesPicture()
                ? new H264Copy(allocator, then)
                : new H264Encode(size, allocator, then, playerTicks);
      }
      return new Reel(path, playback, file, sound, picture);
    } catch (RuntimeException | Error e) {
      close(sound);
      close(picture);
      file.close();
      throw e;
    }
  }

  /** What the file says of itself. */
  MediaFileInfo info() {
    return info;
  }

  boolean hasSound() {
    return sound != null;
  }

  boolean hasPicture() {
    return picture != null;
  }

  /**
   * Reads one packet, or goes on to the next round.
   *
   * @return false once nothing more will come
   * @throws MediaFileException if the file is damaged, or was taken away between two rounds
   */
  boolean readMore() {
    MediaFile open = file;
    if (open == null) {
      return false;
    }
    if (open.read(packet)) {
      Lane lane = open.isAudio(packet) ? sound : picture;
      if (lane != null) {
        lane.accept(packet);
      }
      return true;
    }
    end(sound);
    end(picture);
    open.close();
    file = null;
    if (!playback.repeats()) {
      return false;
    }
    offset += roundLength();
    begin(MediaFile.open(path));
    return true;
  }

  private void begin(MediaFile next) {
    file = next;
    Duration every = playback.every();
    Lane.Round round =
        new Lane.Round(offset, every == null ? Long.MAX_VALUE / 4 : MediaClock.ticksIn(every));
    if (sound != null) {
      sound.begin(next, round);
    }
    if (picture != null) {
      picture.begin(next, round);
    }
  }

  /** Whole Opus packets, so that the sound of the next round continues without a step. */
  private long roundLength() {
    Duration every = playback.every();
    if (every != null) {
      return MediaClock.ticksIn(every);
    }
    Lane.Span heard = sound == null ? Lane.Span.NOTHING : sound.span();
    Lane.Span seen = picture == null ? Lane.Span.NOTHING : picture.span();
    long start = heard.start() < heard.end() ? heard.start() : 0;
    long length = Math.max(heard.end(), seen.end()) - start;
    if (length <= 0) {
      throw new MediaFileException(
          Reason.NOTHING_TO_PLAY, "“" + info.name() + "” has nothing in it to repeat.");
    }
    return Math.ceilDiv(length, Encoder.OPUS_FRAME) * Encoder.OPUS_FRAME;
  }

  private static void end(@Nullable Lane lane) {
    if (lane != null) {
      lane.end();
    }
  }

  private static void close(@Nullable Lane lane) {
    if (lane != null) {
      lane.close();
    }
  }

  @Override
  public void close() {
    close(sound);
    close(picture);
    if (file != null) {
      file.close();
      file = null;
    }
    av_packet_free(packet);
  }
}
