package org.kakehashi.media.ingest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The language codes of containers as BCP 47 tags. Containers use ISO 639-2 codes of three letters,
 * in either variant (fre, fra). Thread: any; pure.
 */
final class LanguageCode {
  private LanguageCode() {}

  /** The shortest tag for {@code code}; null if it names no one language. */
  static @Nullable String tag(String code) {
    return switch (code) {
      case "", "und", "mul", "zxx", "mis" -> null;
      case "fre" -> "fr";
      case "ger" -> "de";
      case "chi" -> "zh";
      case "dut" -> "nl";
      default -> twoLetters(code);
    };
  }

  private static @Nullable String twoLetters(String code) {
    for (String two : Locale.getISOLanguages()) {
      if (code.equals(two) || code.equals(Locale.of(two).getISO3Language())) {
        return two;
      }
    }
    String tag = Locale.forLanguageTag(code).toLanguageTag();
    return tag.equals("und") ? null : tag;
  }
}
