package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.ingest.MediaFileException.Reason;

class MediaFolderTest {
  @TempDir Path home;
  private Path root;
  private MediaFolder folder;

  @BeforeEach
  void secretBesideTheFolder() throws IOException {
    root = Files.createDirectory(home.resolve("media"));
    Files.writeString(home.resolve("secret.wav"), "secret");
    folder = new MediaFolder(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.wav",
        "..",
        ".",
        "",
        " ",
        "/etc/passwd",
        "a/../../secret.wav",
        "..\\secret.wav",
        "sub/file.wav",
        ".hidden.wav",
        "nul\0.wav",
        "line\nbreak.wav"
      })
  void acceptsPlainNamesOnly(String name) {
    assertThat(refusal(name).reason()).isEqualTo(Reason.NOT_A_NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent.wav", "http:example.wav", "concat:a|b", "%2e%2e%2fsecret.wav"})
  void saysWhenThereIsNoSuchFile(String name) {
    MediaFileException refusal = refusal(name);
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal).hasMessageNotContaining(home.toString());
  }

  @Test
  void followsNoLinkOutOfTheFolder() throws IOException {
    Files.createSymbolicLink(root.resolve("link.wav"), home.resolve("secret.wav"));

    assertThat(refusal("link.wav").reason()).isEqualTo(Reason.NOT_A_NAME);
  }

  @Test
  void takesNoFolderForAFile() throws IOException {
    Files.createDirectory(root.resolve("sub"));

    assertThat(refusal("sub").reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void listsWhatCanBePlayed() throws IOException {
    Recordings recordings = new Recordings(root);
    recordings.sound("accueil été.opus", 2, "-metadata:s:a:0", "language=jpn");
    recordings.both("greeting.mp4", 3, "-c:v", "libopenh264", "-metadata:s:a:0", "language=fra");
    Files.writeString(root.resolve("notes.txt"), "nothing to play");

    List<MediaFileInfo> list = folder.list();

    assertThat(list)
        .extracting(MediaFileInfo::name)
        .containsExactly("accueil été.opus", "greeting.mp4");
    MediaFileInfo sound = list.get(0);
    assertThat(sound.hasVideo()).isFalse();
    assertThat(sound.audioCodec()).isEqualTo("opus");
    assertThat(sound.language()).isEqualTo("ja");
    assertThat(sound.duration()).isBetween(Duration.ofMillis(1_990), Duration.ofMillis(2_030));
    MediaFileInfo film = list.get(1);
    assertThat(film.videoCodec()).isEqualTo("h264");
    assertThat(film.width()).isEqualTo(320);
    assertThat(film.height()).isEqualTo(180);
    assertThat(film.language()).isEqualTo("fr");
  }

  @Test
  void isEmptyWhereThereIsNoFolder() {
    assertThat(new MediaFolder(home.resolve("absent")).list()).isEmpty();
  }

  private MediaFileException refusal(String name) {
    return catchThrowableOfType(MediaFileException.class, () -> folder.resolve(name));
  }
}
