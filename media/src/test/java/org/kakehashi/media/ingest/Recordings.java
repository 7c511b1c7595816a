package org.kakehashi.media.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Makes the files tests play, with the FFmpeg program of the bundled build, so nothing has to be
 * installed. The sound is a rising tone with a beat in it: no two moments of it are alike.
 */
final class Recordings {
  static final String TONE =
      "aevalsrc=0.4*sin(2*PI*(300+120*t)*t)*(0.6+0.4*sin(2*PI*1.7*t)):s=48000:d=";

  private final Path folder;

  Recordings(Path folder) {
    this.folder = folder;
  }

  /** A file with {@code seconds} of the tone, encoded as {@code options} say. */
  Path sound(String name, int seconds, String... options) {
    return make(name, List.of("-f", "lavfi", "-i", TONE + seconds), options);
  }

  /** A file with {@code seconds} of a moving test picture, 320 by 180, 25 frames a second. */
  Path picture(String name, int seconds, String... options) {
    return make(name, List.of("-f", "lavfi", "-i", test(seconds)), options);
  }

  /** A file with both. */
  Path both(String name, int seconds, String... options) {
    return make(
        name,
        List.of("-f", "lavfi", "-i", test(seconds), "-f", "lavfi", "-i", TONE + seconds),
        options);
  }

  /** What {@link #sound} sounds like, as 16-bit mono at 48 kHz. */
  short[] tone(int seconds) {
    return pcm(make("tone.raw", List.of("-f", "lavfi", "-i", TONE + seconds), "-f", "s16le"));
  }

  private static String test(int seconds) {
    return "testsrc2=size=320x180:rate=25:duration=" + seconds;
  }

  private static short[] pcm(Path raw) {
    try {
      byte[] bytes = Files.readAllBytes(raw);
      short[] samples = new short[bytes.length / 2];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
      }
      return samples;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path make(String name, List<String> inputs, String... options) {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>();
    command.add(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    command.addAll(List.of("-v", "error", "-nostdin", "-y"));
    command.addAll(inputs);
    command.addAll(List.of(options));
    command.add(file.toString());
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + said);
      }
      return file;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
