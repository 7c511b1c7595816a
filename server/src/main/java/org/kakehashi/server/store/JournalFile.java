package org.kakehashi.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in one file, {@code journal.jsonl}: a line an entry. Each line is handed to the system
 * at once, so the server's own death loses nothing; {@link #sync} makes it safe from a power cut. A
 * last line torn by one is cut off when the file is opened again.
 *
 * <p>Thread: one at a time.
 */
final class JournalFile implements Journal {
  private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

  private final JournalLines lines = new JournalLines();
  private final Path path;
  private final FileChannel file;
  private final long maxBytes;
  private long size;
  private long lost;
  private boolean full;
  private boolean dirty;

  private JournalFile(Path path, FileChannel file, long size, long maxBytes) {
    this.path = path;
    this.file = file;
    this.size = size;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens or makes the file.
   *
   * @param maxBytes how long it may become
   */
  static JournalFile open(Path path, long maxBytes) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        long whole = endOfLastLine(file);
        if (whole < file.size()) {
          log.warn("{}: cut off a torn line of {} bytes", path, file.size() - whole);
          file.truncate(whole);
        }
        file.position(whole);
        return new JournalFile(path, file, whole, maxBytes);
      } catch (IOException failed) {
        file.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new StoreException("The journal " + path + " cannot be opened: " + failed, failed);
    }
  }

  @Override
  public void append(JournalEntry entry) {
    byte[] line = (lines.write(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    if (full || size + line.length > maxBytes) {
      lost++;
      if (!full) {
        full = true;
        log.error("{} has reached {} bytes: nothing more is written to it", path, maxBytes);
        JournalEntry last = new JournalEntry(entry.ticks(), entry.at(), new JournalEvent.Full());
        write((lines.write(last) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return;
    }
    write(line);
  }

  private void write(byte[] line) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      size += line.length;
      dirty = true;
    } catch (IOException failed) {
      if (lost++ == 0) {
        log.error("{} cannot be written; entries are lost until it can", path, failed);
      }
      backToLastLine();
    }
  }

  /** A half-written line would spoil the next one. */
  private void backToLastLine() {
    try {
      file.truncate(size);
      file.position(size);
    } catch (IOException failed) {
      log.debug("{} cannot be cut back to its last whole line", path, failed);
    }
  }

  @Override
  public List<JournalEntry> entries() {
    return read(path);
  }

  /** Every entry of a journal that somebody else may be writing. */
  static List<JournalEntry> read(Path path) {
    JournalLines lines = new JournalLines();
    try (Stream<String> all = Files.lines(path)) {
      return all.map(lines::read).flatMap(Optional::stream).toList();
    } catch (IOException | UncheckedIOException failed) {
      throw new StoreException("The journal " + path + " cannot be read: " + failed, failed);
    }
  }

  @Override
  public long lost() {
    return lost;
  }

  @Override
  public void sync() {
    if (!dirty) {
      return;
    }
    try {
      file.force(false);
      dirty = false;
    } catch (IOException failed) {
      log.debug("{} cannot be made safe on disk now", path, failed);
    }
  }

  @Override
  public void close() {
    sync();
    try {
      file.close();
    } catch (IOException failed) {
      log.debug("{} cannot be closed", path, failed);
    }
  }

  /** The position after the last line break. */
  private static long endOfLastLine(FileChannel file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(4096);
    long end = file.size();
    while (end > 0) {
      long start = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - start));
      while (block.hasRemaining()) {
        if (file.read(block, start + block.position()) < 0) {
          break;
        }
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }
}
