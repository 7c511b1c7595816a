package org.kakehashi.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the file's single values are written, and within which bounds. Each notation reads a text, or
 * throws {@link IllegalArgumentException} with the rest of the sentence "key …". Thread: any; holds
 * nothing.
 */
final class Notation {
  private Notation() {}

  /** A whole number from {@code min} to {@code max}. */
  static Function<String, Integer> integer(int min, int max) {
    return text -> {
      if (!text.matches("-?\\d{1,10}")) {
        throw new IllegalArgumentException("must be a whole number, not \"" + text + "\".");
      }
      long value = Long.parseLong(text);
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            "must be from %d to %d, not %d.".formatted(min, max, value));
      }
      return (int) value;
    };
  }

  /** Yes or no, in the words people use for it. */
  static Function<String, Boolean> flag() {
    return text ->
        switch (text.toLowerCase(Locale.ROOT)) {
          case "true", "yes", "on" -> true;
          case "false", "no", "off" -> false;
          default ->
              throw new IllegalArgumentException("must be true or false, not \"" + text + "\".");
        };
  }

  /** A time such as {@code 3s}, from {@code min} to {@code max}. */
  static Function<String, Duration> duration(Duration min, Duration max) {
    return text -> {
      Duration value = Amounts.duration(text);
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "must be from %s to %s, not %s.".formatted(Amounts.text(min), Amounts.text(max), text));
      }
      return value;
    };
  }

  /** A size such as {@code 64KiB}, from {@code min} to {@code max} bytes. */
  static Function<String, Long> bytes(long min, long max) {
    return text -> {
      long value = Amounts.bytes(text);
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            "must be from %d to %d bytes, not %s.".formatted(min, max, text));
      }
      return value;
    };
  }

  /** One of an enum's constants, in any case. */
  static <E extends Enum<E>> Function<String, E> choice(Class<E> among) {
    E[] constants = among.getEnumConstants();
    return text -> {
      for (E constant : constants) {
        if (word(constant).equals(text.toLowerCase(Locale.ROOT))) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "must be %s, not \"%s\"."
              .formatted(
                  Arrays.stream(constants).map(Notation::word).collect(Collectors.joining(" or ")),
                  text));
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
