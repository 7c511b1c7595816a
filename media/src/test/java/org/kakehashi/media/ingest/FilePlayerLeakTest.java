package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playing leaves nothing behind: neither native memory, nor files, nor threads. */
class FilePlayerLeakTest {
  private static final int ROUNDS = 200;
  private static final long MOST_GROWTH = 8_000_000;

  @TempDir Path folder;

  @Test
  void frees() throws InterruptedException {
    Recordings recordings = new Recordings(folder);
    Path copied =
        recordings.both("copied.mkv", 1, "-c:v", "libopenh264", "-g", "25", "-c:a", "libopus");
    Path transcoded = recordings.both("other.mkv", 1, "-c:v", "mpeg4", "-c:a", "libmp3lame");
    Path broken = folder.resolve("broken.mkv");
    write(broken, "no media".repeat(100));
    for (int i = 0; i < 40; i++) {
      round(copied, transcoded, broken, i);
    }
    long before = allocatedBytes();
    long files = openFiles();

    for (int i = 0; i < ROUNDS; i++) {
      round(copied, transcoded, broken, i);
    }

    assertThat(allocatedBytes() - before).isLessThan(MOST_GROWTH);
    assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("file-leak")) { // It ends a moment after its player is over.
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
      }
    }
  }

  private static void round(Path copied, Path transcoded, Path broken, int number)
      throws InterruptedException {
    try (FilePlayer neverStarted = player(copied)) {
      assertThat(neverStarted.video()).isPresent();
    }
    FilePlayer player = player(number % 4 == 0 ? transcoded : copied);
    if (number % 3 == 0) {
      player.audio().orElseThrow().attach((from, packet) -> player.stop());
    }
    player.start();
    assertThat(player.awaitEnd(Duration.ofSeconds(30))).isTrue();
    try (FilePlayer refused = player(broken)) {
      throw new AssertionError(refused + " played");
    } catch (MediaFileException expected) {
      assertThat(expected.reason()).isEqualTo(MediaFileException.Reason.NOT_MEDIA);
    }
  }

  private static FilePlayer player(Path path) {
    SimulatedTime time = new SimulatedTime();
    return FilePlayer.open(
        path, "leak", time.clock(), Playback.once(), new FilePlayerTest.Told(), time);
  }

  /** What malloc has handed out and not got back, the JVM's own included (glibc's mallinfo2). */
  private static long allocatedBytes() {
    GroupLayout mallinfo2 =
        MemoryLayout.structLayout(
            Collections.nCopies(10, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new));
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle call =
          linker.downcallHandle(
              linker.defaultLookup().find("mallinfo2").orElseThrow(),
              FunctionDescriptor.of(mallinfo2));
      MemorySegment info = (MemorySegment) call.invokeExact((SegmentAllocator) arena);
      long mapped = info.getAtIndex(ValueLayout.JAVA_LONG, 4);
      long inUse = info.getAtIndex(ValueLayout.JAVA_LONG, 7);
      return mapped + inUse;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static long openFiles() {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
