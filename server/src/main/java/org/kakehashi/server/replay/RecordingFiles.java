package org.kakehashi.server.replay;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A recording's files on disk. */
public final class RecordingFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);
  private static final String JOURNAL = "journal.jsonl";

  private RecordingFiles() {}

  /**
   * Removes everything in a recording's folder but the journal: that a session took place, and who
   * deleted its recording, stays on record. The document goes first, so that half a recording is
   * never listed.
   */
  static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(DocumentFile.NAME));
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (!file.equals(folder.resolve(JOURNAL))) {
                Files.delete(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                throws IOException {
              if (!visited.equals(folder)) {
                Files.delete(visited);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failed) {
      LOG.warn("{} cannot be removed entirely", folder, failed);
    }
  }
}
