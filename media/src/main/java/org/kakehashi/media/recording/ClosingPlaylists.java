package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The playlists in a recording's folder, so that any web server can play it. Thread: one at a time.
 */
final class ClosingPlaylists {
  private ClosingPlaylists() {}

  /** Writes the multivariant playlist. */
  static void writeMultivariant(Recording recording) throws IOException {
    Map<String, String> names = new HashMap<>();
    for (Track track : recording.tracks()) {
      String language = track.info().language();
      if (language != null) {
        Locale locale = Locale.forLanguageTag(language);
        String name = locale.getDisplayLanguage(locale);
        names.put(track.info().name(), name.isEmpty() ? language : name);
      }
    }
    String text =
        Playlists.multivariant(
            recording, names, List.of(), TrackInfo.FLOOR, Playlists.Delivery.PLAIN);
    TrackFiles.replace(
        recording.folder().resolve(LivePlaylistFile.NAME), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes all playlists of a recording that has ended. */
  static void write(Recording recording) throws IOException {
    writeMultivariant(recording);
    for (Track track : recording.tracks()) {
      String text = new MediaPlaylist(track, "").whole(Trim.NONE, "VOD");
      TrackFiles.replace(
          track.folder().resolve(LivePlaylistFile.NAME), text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
