package org.kakehashi.media.recording;

import java.nio.file.Path;

/** The files of a recording. */
final class RecordingFolder {
  private RecordingFolder() {}

  static Recording open(Path folder) {
    throw new IllegalStateException("Not yet: " + folder);
  }
}
