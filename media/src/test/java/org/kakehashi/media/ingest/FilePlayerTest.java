package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.ByteBufUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.media.codec.AvcConfiguration;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.ingest.Published.Frame;
import org.kakehashi.media.ingest.Published.Seen;

class FilePlayerTest {
  @TempDir static Path folder;
  static Recordings recordings;

  private final SimulatedTime time = new SimulatedTime();
  private final Told told = new Told();

  /** What a player tells. */
  static final class Told implements FilePlayer.Events {
    final AtomicReference<@Nullable MediaFileException> failure = new AtomicReference<>();
    volatile int ended;

    @Override
    public void ended(FilePlayer player) {
      ended++;
    }

    @Override
    public void failed(FilePlayer player, MediaFileException why) {
      failure.set(why);
    }
  }

  @BeforeAll
  static void folder() {
    recordings = new Recordings(folder);
  }

  private FilePlayer open(Path file, Playback playback) {
    return FilePlayer.open(file, "f", time.clock(), playback, told, time);
  }

  private void play(FilePlayer player) throws InterruptedException {
    player.start();
    assertThat(player.awaitEnd(Duration.ofSeconds(60))).isTrue();
    assertThat(told.failure.get()).isNull();
  }

  @Test
  void passesOpusThroughOnTime() throws InterruptedException {
    Path file = recordings.sound("a.opus", 3, "-c:a", "libopus", "-frame_duration", "20");
    FilePlayer player = open(file, Playback.once());
    Published heard = Published.of(player.audio().orElseThrow());
    assertThat(player.video()).isEmpty();
    play(player);

    assertThat(heard.packets()).extracting(Seen::payload).containsExactlyElementsOf(packets(file));
    assertConsecutive(heard.packets());
    assertThat(heard.packets())
        .allSatisfy(p -> assertThat(p.at() - p.mediaTime()).isBetween(0L, 480L));
    assertThat(heard.packets()).extracting(Seen::keyFrame).containsOnly(true);
    assertThat(heard.packets().getFirst().marker()).isTrue();
    assertThat(heard.packets().subList(1, 100)).extracting(Seen::marker).containsOnly(false);
    assertThat(heard.packets().subList(5, 140))
        .allSatisfy(p -> assertThat(p.level()).isBetween(-25, -8));
    assertThat(told.ended).isEqualTo(1);
    assertThat(player.state()).isEqualTo(FilePlayer.State.ENDED);
    assertThat(player.positionMs()).isBetween(2_950L, 3_010L);
    assertThat(player.durationMs()).isBetween(2_990L, 3_020L);
  }

  @ParameterizedTest
  @CsvSource({
    "s16.wav, -c:a pcm_s16le, 0",
    "s24-44k-stereo.wav, -c:a pcm_s24le -ar 44100 -ac 2, 0",
    "a.mp3, -c:a libmp3lame, 0",
    "a.aac, -c:a aac, 1024",
    "a.m4a, -c:a aac, 0",
    "a.flac, -c:a flac, 0",
    "vorbis.ogg, -c:a vorbis -strict -2 -ac 2, 0",
    "60ms.webm, -c:a libopus -frame_duration 60, 0",
    "20ms.mkv, -c:a libopus -frame_duration 20, 0",
    "20ms.mp4, -c:a libopus -frame_duration 20, 0",
    "8k.wav, -c:a pcm_alaw -ar 8000, 0",
    "surround.mka, -c:a aac -ac 6, 0",
  })
  void soundsLikeTheFile(String name, String options, int lead) throws InterruptedException {
    FilePlayer player = open(recordings.sound(name, 4, options.split(" ")), Playback.once());
    Published heard = Published.of(player.audio().orElseThrow());
    play(player);

    assertConsecutive(heard.packets());
    assertThat(heard.packets().size()).isBetween(198, 206);
    long start = heard.packets().getFirst().mediaTime();
    Ears.Match match =
        Ears.match(Ears.hear(heard.packets()), recordings.tone(4), 48_000, 24_000, 1_500);
    assertThat(match.correlation()).isGreaterThan(0.95);
    // A decoder trims nothing here: what is published 312 ticks early is heard 312 samples late.
    // The simulated clock began at 0, and the player with it. ADTS does not say what to trim.
    assertThat(match.delay() + start - lead).isBetween(-60L, 60L);
  }

  @Test
  void passesBaselinePicturesThrough() throws InterruptedException {
    Path file =
        recordings.both(
            "base.mp4", 5, "-c:v", "libopenh264", "-g", "50", "-b:v", "400k", "-c:a", "aac");
    FilePlayer player = open(file, Playback.once());
    Published seen = Published.of(player.video().orElseThrow());
    Published heard = Published.of(player.audio().orElseThrow());
    play(player);

    List<Frame> frames = seen.frames();
    assertThat(frames).hasSize(125);
    assertThat(seen.packets()).allSatisfy(p -> assertThat(p.payload().length).isBetween(1, 1_188));
    assertSequence(seen.packets());
    assertThat(frames).extracting(Frame::mediaTime).isEqualTo(times(125));
    assertKeyFrames(frames);
    assertThat(slices(frames)).containsExactlyElementsOf(slicesIn(file));
    assertThat(heard.packets().getFirst().mediaTime()).isBetween(-400L, 0L);
    assertThat(heard.packets().getLast().mediaTime()).isBetween(238_000L, 241_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "vp8.webm, -c:v libvpx -b:v 400k -c:a libopus",
    "bframes.mkv, -c:v mpeg4 -bf 2 -b:v 800k -c:a libmp3lame",
    "long-gop.mp4, -c:v libopenh264 -g 250 -b:v 400k -c:a aac",
    "motion.mov, -c:v mjpeg -pix_fmt yuvj422p -c:a pcm_s16le",
    "portrait.mpegts, -f mpegts -c:v mpeg2video -vf transpose=1 -b:v 1M -c:a mp2",
  })
  void transcodesOtherPictures(String name, String options) throws InterruptedException {
    FilePlayer player = open(recordings.both(name, 5, options.split(" ")), Playback.once());
    Published seen = Published.of(player.video().orElseThrow());
    Published heard = Published.of(player.audio().orElseThrow());
    play(player);

    List<Frame> frames = seen.frames();
    assertThat(frames).hasSizeBetween(120, 125);
    assertSequence(seen.packets());
    assertKeyFrames(frames);
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i).mediaTime() - frames.get(i - 1).mediaTime())
          .isCloseTo(1_920, within(100L));
    }
    assertThat(seen.packets()).allSatisfy(p -> assertThat(p.at() - p.mediaTime()).isLessThan(480));
    assertThat(frames.getFirst().mediaTime() - heard.packets().getFirst().mediaTime())
        .isCloseTo(0, within(2_500L));
  }

  @Test
  void transcodesPicturesOutOfOrder() throws Exception {
    Path file = Path.of(FilePlayerTest.class.getResource("b-frames.mp4").toURI());
    FilePlayer player = open(file, Playback.once());
    Published seen = Published.of(player.video().orElseThrow());
    play(player);

    assertThat(player.info().language()).isEqualTo("fr");
    assertThat(seen.frames()).hasSizeBetween(74, 75);
    assertThat(seen.frames()).extracting(Frame::mediaTime).isSorted();
    assertKeyFrames(seen.frames());
  }

  @Test
  void repeatsWithoutASeam() throws InterruptedException {
    Path file =
        recordings.both("loop.mkv", 2, "-c:v", "libopenh264", "-g", "50", "-c:a", "libopus");
    FilePlayer player = open(file, Playback.repeatedEvery(Duration.ofSeconds(2)));
    Published heard = Published.of(player.audio().orElseThrow());
    Published seen = Published.of(player.video().orElseThrow());
    seen.then(
        () -> {
          if (seen.packets().getLast().mediaTime() >= 10 * 48_000) {
            player.stop();
          }
        });
    play(player);

    assertConsecutive(heard.packets());
    assertSequence(seen.packets());
    List<Frame> frames = seen.frames();
    assertThat(frames.subList(0, 250)).extracting(Frame::mediaTime).isEqualTo(times(250));
    assertThat(frames.get(50).keyFrame()).isTrue();
    assertThat(player.positionMs()).isLessThan(2_000);
  }

  @Test
  void repeatsTranscodedSoundWithoutASeam() throws InterruptedException {
    FilePlayer player = open(recordings.sound("loop.mp3", 2), Playback.repeated());
    Published heard = Published.of(player.audio().orElseThrow());
    heard.then(
        () -> {
          if (heard.packets().size() == 400) {
            player.stop();
          }
        });
    play(player);

    assertThat(heard.packets()).hasSize(400);
    assertConsecutive(heard.packets());
  }

  @Test
  void stopsAtOnce() throws InterruptedException {
    FilePlayer player = open(recordings.sound("stop.wav", 5), Playback.once());
    Published heard = Published.of(player.audio().orElseThrow());
    heard.then(
        () -> {
          if (heard.packets().size() == 10) {
            player.stop();
          }
        });
    play(player);

    assertThat(heard.packets()).hasSize(10);
    assertThat(told.ended).isEqualTo(1);
  }

  @Test
  void holdsAndGoesOn() throws InterruptedException {
    FilePlayer player = open(recordings.sound("hold.wav", 3), Playback.once());
    Published heard = Published.of(player.audio().orElseThrow());
    heard.then(
        () -> {
          if (heard.packets().size() == 50) {
            player.pause();
            assertThat(player.state()).isEqualTo(FilePlayer.State.PAUSED);
            time.pass(10_000);
            player.resume();
          } else if (heard.packets().size() == 80) {
            player.pause();
            Thread.ofVirtual()
                .start(
                    () -> {
                      time.pass(3_000);
                      player.resume();
                    });
          }
        });
    play(player);

    List<Seen> packets = heard.packets();
    assertThat(packets.size()).isBetween(150, 152);
    assertSequence(packets);
    assertThat(packets.get(50).mediaTime() - packets.get(49).mediaTime()).isEqualTo(480_960);
    assertThat(packets.get(80).mediaTime() - packets.get(79).mediaTime()).isEqualTo(144_960);
    assertThat(packets.get(50).marker()).isTrue();
    assertThat(packets.get(51).marker()).isFalse();
  }

  @Test
  void startsSeveralFilesInStep() throws InterruptedException {
    Path file = recordings.sound("step.opus", 2);
    FilePlayer late = open(file, Playback.once());
    Published heard = Published.of(late.audio().orElseThrow());
    time.pass(1_500);
    late.startAt(0);
    assertThat(late.awaitEnd(Duration.ofSeconds(20))).isTrue();

    assertThat(heard.packets().getFirst().mediaTime()).isBetween(47_000L, 48_960L);
    assertConsecutive(heard.packets());
  }

  @Test
  void leavesOutWhatIsTooLateAfterAStall() throws InterruptedException {
    FilePlayer player = open(recordings.picture("stall.mp4", 6), Playback.once());
    Published seen = Published.of(player.video().orElseThrow());
    AtomicReference<Integer> at = new AtomicReference<>(0);
    seen.then(
        () -> {
          if (at.get() == 0 && seen.packets().getLast().mediaTime() >= 48_000) {
            at.set(seen.packets().size());
            time.pass(2_000);
          }
        });
    play(player);

    Seen before = seen.packets().get(at.get() - 1);
    List<Seen> after = seen.packets().subList(at.get(), seen.packets().size());
    Seen next = after.stream().filter(p -> p.mediaTime() > before.mediaTime()).findFirst().get();
    assertThat(next.keyFrame()).isTrue();
    assertThat(next.mediaTime()).isGreaterThanOrEqualTo(before.mediaTime() + 48_000);
    Seen last = seen.packets().get(seen.packets().indexOf(next) - 1);
    assertThat(next.sequence() - last.sequence()).isGreaterThan(1);
  }

  private static List<Long> times(int frames) {
    List<Long> times = new ArrayList<>();
    for (long i = 0; i < frames; i++) {
      times.add(i * 1_920);
    }
    return times;
  }

  private static void assertSequence(List<Seen> packets) {
    for (int i = 0; i < packets.size(); i++) {
      assertThat(packets.get(i).sequence()).isEqualTo(i);
    }
  }

  private static void assertConsecutive(List<Seen> packets) {
    assertSequence(packets);
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).mediaTime() - packets.get(i - 1).mediaTime())
          .as("packet %d", i)
          .isEqualTo(960);
    }
  }

  /** Key frames carry parameter sets first, and come within two seconds of each other. */
  private static void assertKeyFrames(List<Frame> frames) {
    assertThat(frames.getFirst().keyFrame()).isTrue();
    long last = frames.getFirst().mediaTime();
    for (Frame frame : frames) {
      List<Integer> types = frame.nalUnits().stream().map(nal -> nal[0] & 0x1F).toList();
      assertThat(types.contains(5)).isEqualTo(frame.keyFrame());
      if (frame.keyFrame()) {
        assertThat(types).startsWith(7, 8, 5);
        assertThat(frame.mediaTime() - last).isLessThanOrEqualTo(2 * 48_000 + 1_920);
        last = frame.mediaTime();
      }
    }
  }

  private static List<byte[]> slices(List<Frame> frames) {
    return frames.stream()
        .flatMap(f -> f.nalUnits().stream())
        .filter(nal -> (nal[0] & 0x1F) == 1 || (nal[0] & 0x1F) == 5)
        .toList();
  }

  private static List<byte[]> slicesIn(Path path) {
    List<byte[]> slices = new ArrayList<>();
    AVPacket packet = avcodec.av_packet_alloc();
    try (MediaFile file = MediaFile.open(path)) {
      AvcConfiguration configuration =
          AvcConfiguration.parse(Ffmpeg.extradata(file.video().codecpar()));
      while (file.read(packet)) {
        if (!file.isAudio(packet)) {
          configuration.nalUnits(Ffmpeg.view(packet)).stream()
              .filter(nal -> NalUnits.type(nal) == 1 || NalUnits.type(nal) == 5)
              .map(ByteBufUtil::getBytes)
              .forEach(slices::add);
        }
      }
    }
    avcodec.av_packet_free(packet);
    return slices;
  }

  private static List<byte[]> packets(Path path) {
    List<byte[]> packets = new ArrayList<>();
    AVPacket packet = avcodec.av_packet_alloc();
    try (MediaFile file = MediaFile.open(path)) {
      while (file.read(packet)) {
        packets.add(ByteBufUtil.getBytes(Ffmpeg.view(packet)));
      }
    }
    avcodec.av_packet_free(packet);
    return packets;
  }
}
