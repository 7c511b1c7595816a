package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kakehashi.media.recording.RecordingException.Code;

/** Opens the files of a recording. Stateless. */
final class RecordingFolder {
  private RecordingFolder() {}

  /** As {@link Recording#open}. */
  static Recording open(Path folder) {
    if (!Timeline.exists(folder)) {
      throw new RecordingException(
          Code.NOT_A_RECORDING, "There is no recording in the folder “" + name(folder) + "”.");
    }
    Timeline timeline;
    try {
      timeline = Timeline.read(folder);
    } catch (IOException e) {
      throw new RecordingException(
          Code.NOT_A_RECORDING,
          "The recording in the folder “" + name(folder) + "” cannot be read: " + e.getMessage(),
          e);
    }
    try {
      return load(folder, timeline);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  static RecordingException unusable(Path folder, IOException cause) {
    return new RecordingException(
        Code.FOLDER_UNUSABLE,
        "The recording's folder “" + name(folder) + "” cannot be used: " + cause.getMessage(),
        cause);
  }

  private static Recording load(Path folder, Timeline timeline) throws IOException {
    List<Track> tracks = new ArrayList<>();
    for (TrackInfo info : timeline.tracks()) {
      Track track =
          new Track(info, folder.resolve(info.name()), timeline.startedAt(), timeline.cutting());
      TrackRepair.load(track, !timeline.ended());
      tracks.add(track);
    }
    Recording recording = new Recording(folder, timeline.startedAt(), tracks, timeline.gaps());
    if (timeline.ended()) {
      tracks.forEach(Track::end);
      recording.end();
    }
    return recording;
  }

  private static Path name(Path folder) {
    Path name = folder.getFileName();
    return name == null ? folder : name;
  }
}
