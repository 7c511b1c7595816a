package org.kakehashi.media.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes a recording as one MP4 file, without coding anything anew, while it is read from the disk:
 * it starts at once and takes little memory however long the recording is.
 *
 * <p>Thread: any; blocks while writing.
 */
public final class Mp4Download {
  private Mp4Download() {}

  /**
   * What goes into the file.
   *
   * @param tracks by name, in this order; with no picture among them it is an .m4a
   * @param trim the stretch; sound begins exactly there, the picture with its next key frame
   * @param chapters outside the stretch they are cut or left out; at most 255 are written
   * @param defaultTrack which sound plays unless one chooses, by name
   * @param names what a track is called in players' menus, by name of the track
   * @param title of the whole file
   */
  public record Selection(
      List<String> tracks,
      Trim trim,
      List<Chapter> chapters,
      String defaultTrack,
      Map<String, String> names,
      String title) {

    /** Keeps its own copies. */
    public Selection {
      tracks = List.copyOf(tracks);
      chapters = List.copyOf(chapters);
      names = Map.copyOf(names);
    }
  }

  /**
   * Writes the file as far as the recording goes now.
   *
   * @throws IllegalArgumentException if there is no such track
   * @throws IOException if {@code to} does not take it, or a segment cannot be read
   */
  public static void write(Recording recording, Selection selection, OutputStream to)
      throws IOException {
    throw new IllegalStateException("Not yet");
  }
}
