package org.kakehashi.media.audio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The functions of libopus this package calls, bound with the foreign-function API to the build
 * that libjitsi brings along.
 *
 * <p>Thread: any; the functions are as thread-safe as the states passed to them, that is one thread
 * at a time for each. A record, because the compiler then treats the handles as constants.
 */
record LibOpus(
    MethodHandle encoderSize,
    MethodHandle encoderInit,
    MethodHandle encoderControl,
    MethodHandle encode,
    MethodHandle decoderSize,
    MethodHandle decoderInit,
    MethodHandle decoderControl,
    MethodHandle decode,
    MethodHandle packetSamples,
    MethodHandle errorText,
    MethodHandle version) {

  /** The argument of {@link #decoderControl} and {@link #encoderControl} that forgets the past. */
  static final int RESET_STATE = 4028;

  /** Sampling rate of everything here, in Hz. */
  static final int RATE = 48_000;

  /** Longest packet in samples per channel: 120 ms (RFC 6716 section 3.2.5). */
  static final int MAX_SAMPLES = 5_760;

  /**
   * The library, loaded at first use and kept for the life of the process.
   *
   * @throws OpusUnavailableException if it cannot be loaded; the same each time
   */
  static LibOpus get() {
    return switch (Loading.RESULT) {
      case Loaded(LibOpus library) -> library;
      // A new exception each time, so that its stack trace tells who asked.
      case Failed(OpusUnavailableException why) ->
          throw new OpusUnavailableException(String.valueOf(why.getMessage()), why);
    };
  }

  private sealed interface Result {}

  private record Loaded(LibOpus library) implements Result {}

  private record Failed(OpusUnavailableException why) implements Result {}

  /** Loads once, and remembers a failure instead of making the class unusable. */
  private static final class Loading {
    static final Result RESULT = attempt();

    private static Result attempt() {
      try {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        return new Loaded(load(platform));
      } catch (OpusUnavailableException e) {
        return new Failed(e);
      }
    }
  }

  /** The folder of libjitsi's jar that serves an operating system and a processor. */
  static String platform(String system, String processor) {
    String folder =
        switch (processor) {
          case "amd64", "x86_64" -> "linux-x86-64";
          case "aarch64", "arm64" -> "linux-aarch64";
          default -> "";
        };
    if (folder.isEmpty() || !system.equals("Linux")) {
      throw new OpusUnavailableException(
          "Sound cannot be mixed on %s %s: libopus comes with Kakehashi for Linux on x86-64 and aarch64 only."
              .formatted(system, processor));
    }
    return folder;
  }

  /**
   * Copies the library out of its jar to a file only this user can read, opens it, and removes the
   * file: Linux keeps an open library mapped.
   */
  static LibOpus load(String folder) {
    String resource = "/" + folder + "/libjnopus.so";
    try (InputStream in = LibOpus.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new OpusUnavailableException(
            "libopus is missing: no "
                + resource
                + " on the class path. Is libjitsi's jar complete?");
      }
      Path file = Files.createTempFile("kakehashi-opus", ".so");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return bind(SymbolLookup.libraryLookup(file, Arena.global()));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new OpusUnavailableException(
          "libopus could not be unpacked to %s: %s. Is there room, and may this user write there?"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    } catch (IllegalArgumentException | IllegalCallerException e) {
      throw new OpusUnavailableException(
          "libopus could not be opened from %s: %s. If that folder is mounted noexec, name another with -Djava.io.tmpdir=…"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private static LibOpus bind(SymbolLookup symbols) {
    return new LibOpus(
        function(symbols, "opus_encoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT)),
        function(
            symbols,
            "opus_encoder_init",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT)),
        control(symbols, "opus_encoder_ctl"),
        function(
            symbols,
            "opus_encode_float",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT)),
        function(symbols, "opus_decoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT)),
        function(
            symbols,
            "opus_decoder_init",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
        control(symbols, "opus_decoder_ctl"),
        function(
            symbols,
            "opus_decode_float",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
        function(
            symbols,
            "opus_packet_get_nb_samples",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
        function(symbols, "opus_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT)),
        function(symbols, "opus_get_version_string", FunctionDescriptor.of(ADDRESS)));
  }

  private static MethodHandle function(
      SymbolLookup symbols, String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new OpusUnavailableException("This libopus lacks the function " + name));
    return Linker.nativeLinker().downcallHandle(address, type, options);
  }

  /** The variadic {@code …_ctl(state, request, …)} with one integer argument. */
  private static MethodHandle control(SymbolLookup symbols, String name) {
    return function(
        symbols,
        name,
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
        Linker.Option.firstVariadicArg(2));
  }

  /** The library's name and version, such as {@code libopus 1.5.2}. */
  String versionText() {
    try {
      return text((MemorySegment) version.invokeExact());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Throws what a negative result of libopus means; for calls that only a bug of ours can fail. */
  void check(int result) {
    if (result < 0) {
      try {
        throw new IllegalStateException(
            "libopus: " + text((MemorySegment) errorText.invokeExact(result)));
      } catch (IllegalStateException e) {
        throw e;
      } catch (Throwable e) {
        throw broken(e);
      }
    }
  }

  private static String text(MemorySegment address) {
    return address.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** A foreign call that itself failed: only an error of this binding can cause it. */
  static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("libopus could not be called", e);
  }
}
