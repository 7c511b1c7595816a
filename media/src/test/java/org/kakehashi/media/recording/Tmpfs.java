package org.kakehashi.media.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A small disk of its own, in memory, that can really be full and really be gone. Only root can
 * have one: for others the test is skipped, and says why.
 */
public final class Tmpfs implements AutoCloseable {
  private static final int CHUNK = 4_096;

  private final Path place;
  private final Path elsewhere;
  private final Path ballast;

  private Tmpfs(Path place, Path elsewhere) {
    this.place = place;
    this.elsewhere = elsewhere;
    this.ballast = elsewhere.resolve("ballast");
  }

  /**
   * Mounts one twice: at {@code disk} in {@code folder}, from where it can be taken away, and where
   * it can be looked at afterwards.
   */
  public static Tmpfs mount(Path folder, long bytes) throws IOException {
    Path place = Files.createDirectories(folder.resolve("disk"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    String said = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "kakehashi-test", place + "");
    Assumptions.assumeTrue(
        said.isEmpty(), "A disk can be mounted by root only, or not in this container: " + said);
    Tmpfs disk = new Tmpfs(place, elsewhere);
    String bound = run("mount", "--bind", place + "", elsewhere + "");
    if (!bound.isEmpty()) {
      disk.close();
      throw new IOException(bound);
    }
    return disk;
  }

  /** Where it is. */
  public Path place() {
    return place;
  }

  /** Where it still is after {@link #vanish}. */
  public Path elsewhere() {
    return elsewhere;
  }

  /** Fills it until only so much is left. */
  public void fill(long left) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (Files.getFileStore(elsewhere).getUsableSpace() >= left + CHUNK) {
      Files.write(ballast, chunk, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** Takes away what {@link #fill} put there. */
  public void empty() throws IOException {
    Files.delete(ballast);
  }

  /** Takes the disk away, while files on it are open. */
  public void vanish() throws IOException {
    String said = run("umount", "--lazy", place + "");
    if (!said.isEmpty()) {
      throw new IOException(said);
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? "" : said.isEmpty() ? List.of(command) + " failed" : said;
    } catch (IOException e) {
      return "There is no " + command[0] + " here: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    run("umount", "--lazy", elsewhere + "");
    run("umount", "--lazy", place + "");
  }
}
