package org.kakehashi.server.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kakehashi.media.recording.Captions;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Track;
import org.kakehashi.media.recording.TrackInfo;

/** What a recording's tracks are called in players' menus, each in its own language. Pure. */
public final class Tracks {
  private Tracks() {}

  /** By track. The floor is the original, whatever language it has. */
  public static Map<String, String> names(Recording recording) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Track track : recording.tracks()) {
      TrackInfo info = track.info();
      String language = info.language();
      if (info.isAudio()) {
        names.put(info.name(), language == null ? "Original" : name(language));
      }
    }
    return names;
  }

  /** The captions of a recording. */
  public static List<Captions> captions(Recorded recorded) {
    return recorded.document().captions().stream().map(Tracks::captions).toList();
  }

  /** The captions of one language. */
  public static Captions captions(String language) {
    return new Captions(language, name(language));
  }

  /** A language's name in itself: {@code Français}, {@code 日本語}. */
  public static String name(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    String name = locale.getDisplayName(locale);
    return name.isEmpty() ? tag : name.substring(0, 1).toUpperCase(locale) + name.substring(1);
  }
}
