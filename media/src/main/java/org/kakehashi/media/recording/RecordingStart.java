package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kakehashi.media.audio.OpusUnavailableException;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.CodecException;
import org.kakehashi.media.recording.RecordingException.Code;
import org.kakehashi.media.session.MediaSession;

/** What has to be true before a recording begins, or is gone on with. Stateless. */
final class RecordingStart {
  private RecordingStart() {}

  /** As {@link Recorder#start}, up to the first moment. */
  static RecordingRun begin(
      MediaSession session,
      List<String> languages,
      Path folder,
      RecordingSettings settings,
      Disk disk) {
    checkDisk(settings, disk);
    MediaClock clock = session.clock();
    long now = clock.now();
    try {
      Recording recording = openOrCreate(folder, infos(languages), settings, clock.wallTime(now));
      long elapsed = recording.ticksAt(clock.wallTime(now));
      // A wall clock that was set back must not make the recording overlap with itself.
      long origin = Math.max(elapsed, recording.durationTicks()) - now;
      return RecordingRun.open(recording, origin, settings, session);
    } catch (IOException e) {
      throw RecordingFolder.unusable(folder, e);
    } catch (CodecException | OpusUnavailableException e) {
      throw new RecordingException(
          Code.NOT_POSSIBLE_HERE, "This server cannot record: " + e.getMessage(), e);
    }
  }

  private static void checkDisk(RecordingSettings settings, Disk disk) {
    long free = disk.freeBytes();
    if (free >= 0 && free < settings.diskFloorBytes()) {
      throw new RecordingException(
          Code.DISK_LOW,
          "There are %d MB free on the disk; a recording begins only with %d MB or more."
              .formatted(free >> 20, settings.diskFloorBytes() >> 20));
    }
  }

  private static List<TrackInfo> infos(List<String> languages) {
    List<TrackInfo> infos = new ArrayList<>();
    infos.add(TrackInfo.floor());
    languages.forEach(language -> infos.add(TrackInfo.language(language)));
    infos.add(TrackInfo.video(TrackInfo.PICTURE));
    infos.add(TrackInfo.video(TrackInfo.SLIDES));
    infos.add(TrackInfo.video(TrackInfo.SIGN));
    return infos;
  }

  private static Recording openOrCreate(
      Path folder, List<TrackInfo> infos, RecordingSettings settings, Instant now)
      throws IOException {
    Files.createDirectories(folder);
    if (!Timeline.exists(folder)) {
      new Timeline(now, Cutting.of(settings), infos, List.of(), false).create(folder);
    }
    Recording recording = Recording.open(folder);
    if (!recording.isLive()) {
      throw new RecordingException(
          Code.ENDED, "This recording has ended; it cannot be gone on with.");
    }
    if (!isOf(recording, infos)) {
      throw new RecordingException(
          Code.OTHER_TRACKS,
          "This recording was begun with other languages than the session has now.");
    }
    return recording;
  }

  /** A recording begun before sign language was recorded goes on without it. */
  private static boolean isOf(Recording recording, List<TrackInfo> infos) {
    List<TrackInfo> there = recording.tracks().stream().map(Track::info).toList();
    return there.equals(infos)
        || there.equals(
            infos.stream().filter(info -> !info.name().equals(TrackInfo.SIGN)).toList());
  }
}
