package org.kakehashi.media.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kakehashi.media.ingest.MediaFileException.Reason;

/**
 * The one folder files are played from. Names come from pages and are not trusted: only a plain
 * name of a regular file directly in the folder is accepted, and a link that leads out of it is
 * not.
 *
 * <p>Thread: any that may block on the disk; immutable.
 */
public final class MediaFolder {
  /** How many files are listed at most. */
  public static final int MAX_LISTED = 200;

  private final Path root;

  /**
   * @param root the folder; it need not exist yet
   */
  public MediaFolder(Path root) {
    this.root = root;
  }

  /**
   * The file of this name.
   *
   * @throws MediaFileException {@code NOT_A_NAME} or {@code NOT_FOUND}
   */
  public Path resolve(String name) {
    if (name.isBlank()
        || name.startsWith(".")
        || name.indexOf('/') >= 0
        || name.indexOf('\\') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new MediaFileException(
          Reason.NOT_A_NAME, "A file is played by its name in the media folder, without a path.");
    }
    try {
      Path folder = root.toRealPath();
      Path file = folder.resolve(name).toRealPath();
      if (!folder.equals(file.getParent())) {
        throw new MediaFileException(
            Reason.NOT_A_NAME, "This file is a link to somewhere outside the media folder.");
      }
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return file;
      }
    } catch (IOException | InvalidPathException absent) {
      // Said below, in the same words for all: where files lie is nobody's business.
    }
    throw new MediaFileException(
        Reason.NOT_FOUND, "There is no file of this name in the media folder.");
  }

  /**
   * The playable files, by name, at most {@value #MAX_LISTED}; others are left out. Opens each one:
   * a few milliseconds a file.
   */
  public List<MediaFileInfo> list() {
    List<MediaFileInfo> playable = new ArrayList<>();
    for (Path file : files()) {
      try {
        playable.add(probe(file.getFileName().toString()));
      } catch (MediaFileException notPlayable) {
        continue; // A text file beside the greetings is nothing to complain about.
      }
      if (playable.size() == MAX_LISTED) {
        break;
      }
    }
    return List.copyOf(playable);
  }

  /**
   * What is known of one file.
   *
   * @throws MediaFileException if it is not there or cannot be played
   */
  public MediaFileInfo probe(String name) {
    try (MediaFile file = MediaFile.open(resolve(name))) {
      return file.info();
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isRegularFile).sorted().limit(2L * MAX_LISTED).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The media folder cannot be read", e);
    }
  }
}
