package org.kakehashi.server.live;

import java.util.Locale;
import org.kakehashi.media.channel.Rule;
import org.kakehashi.media.webrtc.PictureService;

/** The words of the API for what the media plane names. Pure. */
final class Words {
  private Words() {}

  /** {@code interpretation}, {@code original} or {@code silence}. */
  static String of(Rule.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** {@code full}, {@code reduced}, {@code slides} or {@code none}. */
  static String of(PictureService service) {
    return switch (service) {
      case FULL -> "full";
      case REDUCED -> "reduced";
      case SLIDES_ONLY -> "slides";
      case SOUND_ONLY -> "none";
    };
  }

  /** {@code interpreter}, {@code cough}, {@code hall}, {@code floor}, … */
  static String of(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }
}
