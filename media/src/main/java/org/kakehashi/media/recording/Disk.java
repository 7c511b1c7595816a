package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room there is. */
@FunctionalInterface
interface Disk {
  /** Free bytes; negative if they cannot be told. */
  long freeBytes();

  /** The disk that {@code folder} is on, or will be. */
  static Disk of(Path folder) {
    return () -> {
      try {
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
          existing = existing.getParent();
        }
        return existing == null ? -1 : Files.getFileStore(existing).getUsableSpace();
      } catch (IOException e) {
        return -1;
      }
    };
  }
}
