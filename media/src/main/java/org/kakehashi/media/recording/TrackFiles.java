package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The files of one track while it is recorded. A part's bytes are written before its line in the
 * index: what the index names is there, whenever the process or the machine stops.
 *
 * <p>Thread: the recorder's.
 */
final class TrackFiles implements AutoCloseable {
  /** The index's file name. */
  static final String INDEX = "parts";

  private final Path folder;
  private final RecordingSettings.Sync sync;
  private final FileChannel index;
  private @Nullable FileChannel segment;
  private long openNumber;

  /**
   * Opens the folder to append; it has been repaired if it was there before.
   *
   * @throws IOException if it cannot be made or opened
   */
  TrackFiles(Path folder, RecordingSettings.Sync sync) throws IOException {
    this.folder = folder;
    this.sync = sync;
    Files.createDirectories(folder);
    this.index = append(folder.resolve(INDEX));
  }

  /**
   * Appends a part to its segment.
   *
   * @param force whether to wait for the disk where the settings ask for it
   */
  void write(IndexLine line, byte[] bytes, boolean force) throws IOException {
    FileChannel file = segment;
    if (file == null || openNumber != line.segment()) {
      closeSegment(force);
      file = append(folder.resolve(line.segment() + ".m4s"));
      segment = file;
      openNumber = line.segment();
    }
    write(file, ByteBuffer.wrap(bytes));
    boolean each = force && sync == RecordingSettings.Sync.PART;
    if (each) {
      file.force(false);
    }
    write(index, ByteBuffer.wrap(line.text().getBytes(StandardCharsets.US_ASCII)));
    if (each) {
      index.force(false);
    }
  }

  /** Closes the segment that was written last. */
  void closeSegment(boolean force) throws IOException {
    FileChannel file = segment;
    if (file == null) {
      return;
    }
    segment = null;
    try (file) {
      if (force && sync == RecordingSettings.Sync.SEGMENT) {
        file.force(false);
        index.force(false);
      }
    }
  }

  /** Writes an initialisation; whole or not at all. */
  void writeInit(int number, byte[] bytes) throws IOException {
    replace(folder.resolve(Segment.initAddress(number)), bytes);
  }

  /** Writes a small file; whole or not at all. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Opens a file to append to it. */
  static FileChannel append(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** Writes all of {@code bytes}. */
  static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    try (index) {
      closeSegment(true);
      if (sync != RecordingSettings.Sync.NEVER && index.isOpen()) {
        index.force(false);
      }
    }
  }
}
