package org.kakehashi.media.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * A recording as it can be read now, while it grows or afterwards. Its folder is all it needs.
 *
 * <p>Thread: any for reading; the recorder's for what is not public.
 */
public final class Recording {
  private final Path folder;
  private final Instant startedAt;
  private final List<Track> tracks;
  private final List<Gap> gaps;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Recording(Path folder, Instant startedAt, List<Track> tracks, List<Gap> gaps) {
    this.folder = folder;
    this.startedAt = startedAt;
    this.tracks = List.copyOf(tracks);
    this.gaps = new CopyOnWriteArrayList<>(gaps);
  }

  /**
   * Opens a recording that nobody records now. One that was interrupted is repaired first: what is
   * beyond the last whole part is cut off. It is {@linkplain #isLive live} all the same until it is
   * gone on with ({@link Recorder#start}) or closed ({@link Recorder#close(Path,
   * RecordingSettings)}).
   *
   * @param folder of the recording
   * @throws RecordingException {@code NOT_A_RECORDING} if there is none, {@code FOLDER_UNUSABLE} if
   *     it cannot be read or repaired
   */
  public static Recording open(Path folder) {
    return RecordingFolder.open(folder);
  }

  /** Its folder. */
  public Path folder() {
    return folder;
  }

  /** The wall-clock time of its first moment. */
  public Instant startedAt() {
    return startedAt;
  }

  /** How long it is so far: as long as its longest track. */
  public Duration duration() {
    return MediaClock.duration(durationTicks());
  }

  /** The same in ticks. */
  public long durationTicks() {
    return tracks.stream().mapToLong(track -> track.snapshot().end()).max().orElse(0);
  }

  /** The wall-clock time of {@code ticks} of this recording. */
  public Instant wallTime(long ticks) {
    return startedAt.plus(MediaClock.duration(ticks));
  }

  /** Which tick of this recording it is at {@code time}; negative before it began. */
  public long ticksAt(Instant time) {
    return MediaClock.ticksIn(Duration.between(startedAt, time));
  }

  /** Whether more will come, or would have, had it not been interrupted. */
  public boolean isLive() {
    return !ended.isDone();
  }

  /** Completes when it has ended; on the recorder's thread: go on elsewhere. */
  public CompletionStage<Void> whenEnded() {
    return ended.minimalCompletionStage();
  }

  /** Where nothing could be recorded because the node was down, earliest first. */
  public List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  /** Its tracks: the floor, the languages in the session's order, the pictures. */
  public List<Track> tracks() {
    return tracks;
  }

  /** A track by name, if there is one. */
  public Optional<Track> track(String name) {
    return Optional.ofNullable(find(name));
  }

  /** Whether there is anything to play yet: at least a part in each track. */
  public boolean isPlayable() {
    return tracks.stream().allMatch(track -> track.snapshot().end() > 0);
  }

  /** Bytes of all segments. */
  public long bytes() {
    long sum = 0;
    for (Track track : tracks) {
      Track.Snapshot snapshot = track.snapshot();
      for (Segment segment : snapshot.segments()) {
        sum += segment.length();
      }
      Segment open = snapshot.open();
      sum += open == null ? 0 : open.length();
    }
    return sum;
  }

  @Nullable Track find(String name) {
    for (Track track : tracks) {
      if (track.info().name().equals(name)) {
        return track;
      }
    }
    return null;
  }

  /** Adds a gap; the recorder's thread. */
  void addGap(Gap gap) {
    gaps.add(gap);
  }

  /** Says that nothing more will come; the recorder's thread, once the tracks have ended. */
  void end() {
    ended.complete(null);
  }
}
