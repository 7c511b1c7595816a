package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/** Foreign, broken and ill-meant files: each ends with a sentence, and with nothing left behind. */
class HostileFilesTest {
  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime();
  private final FilePlayerTest.Told told = new FilePlayerTest.Told();

  @Test
  void refusesWhatIsNoMedia() throws IOException {
    byte[] noise = new byte[50_000];
    new Random(1).nextBytes(noise);

    assertThat(refusal("empty.mp4", new byte[0])).isEqualTo(Reason.NOT_MEDIA);
    assertThat(refusal("text.mp3", "Bonjour".getBytes())).isEqualTo(Reason.NOT_MEDIA);
    assertThat(refusal("absent", null)).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal("noise.webm", noise)).isIn(Reason.values());
  }

  @Test
  void opensNoPlaylistThatNamesOtherFiles() throws IOException {
    Path other = new Recordings(folder).sound("other.wav", 1);
    String hls = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + other + "\n#EXT-X-ENDLIST\n";

    assertThat(refusal("list.mp4", hls.getBytes())).isEqualTo(Reason.NOT_MEDIA);
    assertThat(refusal("list.m3u8", hls.getBytes())).isEqualTo(Reason.NOT_MEDIA);
    assertThat(refusal("list.ffconcat", ("ffconcat version 1.0\nfile " + other).getBytes()))
        .isEqualTo(Reason.NOT_MEDIA);
    assertThat(refusal("list.sdp", "v=0\nm=audio 5004 RTP/AVP 0\n".getBytes()))
        .isEqualTo(Reason.NOT_MEDIA);
  }

  @Test
  void refusesAFileWithoutItsIndex() throws IOException {
    byte[] whole = Files.readAllBytes(new Recordings(folder).both("whole.mp4", 2));

    assertThat(refusal("half.mp4", Arrays.copyOf(whole, whole.length / 2)))
        .isEqualTo(Reason.NOT_MEDIA);
  }

  @Test
  void playsWhatThereIsOfATruncatedFile() throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(new Recordings(folder).both("whole.mkv", 4));
    Path half = folder.resolve("half.mkv");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));

    FilePlayer player = open(half);
    Published seen = Published.of(player.video().orElseThrow());
    player.start();

    assertThat(player.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThat(seen.frames().size()).isBetween(30, 70);
  }

  @Test
  void survivesAnyDamage() throws IOException, InterruptedException {
    Recordings recordings = new Recordings(folder);
    Random random = new Random(8);
    for (Path path :
        new Path[] {
          recordings.both("d.mkv", 1, "-c:v", "libopenh264", "-c:a", "libopus"),
          recordings.both("d.ts", 1, "-c:v", "mpeg2video", "-c:a", "mp2"),
          recordings.sound("d.ogg", 1, "-c:a", "libopus"),
          recordings.sound("d.mp3", 1),
        }) {
      byte[] whole = Files.readAllBytes(path);
      for (int round = 0; round < 8; round++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i < 1 + damaged.length / 500; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        playAny(Files.write(folder.resolve("damaged"), damaged));
      }
    }
  }

  private void playAny(Path path) throws InterruptedException {
    FilePlayer player;
    try {
      player = open(path);
    } catch (MediaFileException refused) {
      assertThat(refused).hasMessageNotContaining(folder.toString());
      return;
    }
    player.startAt(0);
    assertThat(player.awaitEnd(Duration.ofSeconds(30))).isTrue();
  }

  private FilePlayer open(Path path) {
    return FilePlayer.open(path, "f", time.clock(), Playback.once(), told, time);
  }

  private Reason refusal(String name, byte @org.jspecify.annotations.Nullable [] content)
      throws IOException {
    Path path = folder.resolve(name);
    if (content != null) {
      Files.write(path, content);
    }
    MediaFileException refused =
        catchThrowableOfType(
            MediaFileException.class,
            () -> {
              FilePlayer player = open(path);
              player.start();
              player.awaitEnd(Duration.ofSeconds(30));
              throw new MediaFileException(Reason.NOTHING_TO_PLAY, "it was played");
            });
    assertThat(refused).hasMessageNotContaining(folder.toString());
    return refused.reason();
  }
}
