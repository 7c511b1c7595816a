package org.kakehashi.server.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that it is there whole, or as it was before: whatever happens meanwhile. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes; the folder is made if it is not there. Thread: one at a time for the same file. */
  static void write(Path file, byte[] content) {
    Path folder = file.resolveSibling("");
    try {
      Files.createDirectories(folder);
      Path half = folder.resolve("." + file.getFileName() + ".new");
      try (FileChannel channel =
          FileChannel.open(
              half,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be written: " + failed, failed);
    }
  }
}
