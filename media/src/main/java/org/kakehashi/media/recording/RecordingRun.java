package org.kakehashi.media.recording;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.recording.RecorderStatus.Reason;
import org.kakehashi.media.recording.RecorderStatus.State;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.media.stage.Picture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One uninterrupted stretch of recording: the tracks, what they listen to, and where they stand on
 * the recording's timeline.
 *
 * <p>Thread: the recorder's.
 */
final class RecordingRun {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingRun.class);

  /** Packets that may wait: ten seconds of a large conference. */
  private static final int INBOX = 16_384;

  /** After this long without a picture the slate is shown: 500 ms. */
  private static final long BLANK_AFTER = 24_000;

  private final Recording recording;
  private final long origin;
  private final Inbox inbox = new Inbox(INBOX);
  private final List<Recorded> tracks = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final long bytesBefore;
  private boolean over;

  private record Recorded(String name, RecordedTrack track) {}

  private record Subscription(Feed feed, Ear ear) {}

  private RecordingRun(Recording recording, long origin) {
    this.recording = recording;
    this.origin = origin;
    this.bytesBefore = recording.bytes();
  }

  /**
   * Opens the files and begins to listen.
   *
   * @param origin added to the session's ticks to make them the recording's
   * @param session what to listen to; null to listen to nothing
   */
  static RecordingRun open(
      Recording recording, long origin, RecordingSettings settings, @Nullable MediaSession session)
      throws IOException {
    RecordingRun run = new RecordingRun(recording, origin);
    try {
      Slate slate = Slate.encode();
      Cutting cutting = Timeline.read(recording.folder()).cutting();
      for (Track track : recording.tracks()) {
        run.open(track, cutting, settings, slate, session);
      }
      ClosingPlaylists.writeMultivariant(recording);
      run.subscriptions.forEach(s -> s.feed.subscribe(s.ear));
      return run;
    } catch (IOException | RuntimeException e) {
      run.closeFiles();
      throw e;
    }
  }

  /** As {@link Recorder#close(java.nio.file.Path, RecordingSettings)}. */
  static void closeInterrupted(Recording recording, RecordingSettings settings) {
    try {
      RecordingRun run = open(recording, 0, settings, null);
      try {
        run.finish(recording.durationTicks());
      } catch (IOException | RuntimeException e) {
        run.closeFiles();
        throw e;
      }
    } catch (IOException e) {
      throw RecordingFolder.unusable(recording.folder(), e);
    }
  }

  private void open(
      Track track,
      Cutting cutting,
      RecordingSettings settings,
      Slate slate,
      @Nullable MediaSession session)
      throws IOException {
    TrackWriter writer = new TrackWriter(track, settings.sync());
    String name = track.info().name();
    long hold = MediaClock.ticksIn(settings.hold());
    if (track.info().isAudio()) {
      AudioTrack sound = new AudioTrack(writer, cutting, origin, hold, settings.audioBitrate());
      tracks.add(new Recorded(name, sound));
      if (session != null) {
        subscriptions.add(new Subscription(session.channel(name), new Ear(inbox, sound)));
      }
      return;
    }
    boolean isSlides = name.equals(TrackInfo.SLIDES);
    Picture picture = session == null ? new Picture(name, 0) : picture(session, name);
    VideoTrack.Rules rules =
        new VideoTrack.Rules(origin, hold, isSlides ? Long.MAX_VALUE : BLANK_AFTER);
    VideoTrack video = new VideoTrack(writer, cutting, picture, rules, slate);
    tracks.add(new Recorded(name, video));
    subscriptions.add(new Subscription(picture, new Ear(inbox, video)));
  }

  private static Picture picture(MediaSession session, String name) {
    return switch (name) {
      case TrackInfo.SLIDES -> session.slides();
      case TrackInfo.SIGN -> session.sign();
      default -> session.picture();
    };
  }

  Recording recording() {
    return recording;
  }

  long origin() {
    return origin;
  }

  /** Whether nothing more will be recorded by this. */
  boolean isOver() {
    return over;
  }

  /** Bytes of the whole recording. */
  long bytes() {
    return bytesBefore + tracks.stream().mapToLong(recorded -> recorded.track.bytes()).sum();
  }

  boolean isLongerThan(Duration longest, long sessionNow) {
    return sessionNow + origin >= MediaClock.ticksIn(longest);
  }

  /** Fills every track up to now, if this goes on with what was interrupted, and marks the gap. */
  void goOnFrom(long sessionNow) throws IOException {
    long shortest = tracks.stream().mapToLong(t -> t.track.recordedTo()).min().orElse(0);
    long longest = recording.durationTicks();
    long now = Math.max(gridBefore(sessionNow + origin), gridAfter(longest));
    if (longest == 0) {
      return;
    }
    Gap gap = new Gap(shortest, now);
    Timeline.addGap(recording.folder(), gap);
    recording.addGap(gap);
    for (Recorded recorded : tracks) {
      recorded.track.skipTo(now);
    }
  }

  /** Takes in what came, and records what is due. */
  void advance(long sessionNow) throws IOException {
    inbox.drain();
    for (Recorded recorded : tracks) {
      recorded.track.advance(sessionNow + origin);
    }
  }

  /** Ends the recording. */
  void finish(long sessionNow) throws IOException {
    leave(sessionNow);
    Timeline.addEnd(recording.folder(), recording.durationTicks());
    ClosingPlaylists.write(recording);
    announceEnd();
  }

  /** Records what came, and leaves the recording to be gone on with. */
  void leave(long sessionNow) throws IOException {
    stopListening();
    advance(sessionNow);
    long end = Math.max(gridAfter(sessionNow + origin), gridAfter(recording.durationTicks()));
    for (Recorded recorded : tracks) {
      recorded.track.end(end);
    }
    over = true;
    subscriptions.forEach(s -> s.ear.plug());
    inbox.close();
    for (Recorded recorded : tracks) {
      recorded.track.close();
    }
  }

  /** Leaves everything as it is on the disk. Those who read the recording see it end. */
  void abandon() {
    over = true;
    subscriptions.forEach(s -> s.ear.plug());
    inbox.drain();
    stopListening();
    inbox.close();
    closeFiles();
    announceEnd();
  }

  private void announceEnd() {
    recording.tracks().forEach(Track::end);
    recording.end();
  }

  private void stopListening() {
    subscriptions.forEach(s -> s.feed.unsubscribe(s.ear));
  }

  private void closeFiles() {
    for (Recorded recorded : tracks) {
      try {
        recorded.track.close();
      } catch (IOException | RuntimeException e) {
        LOG.warn("The track {} was not closed properly", recorded.name, e);
      }
    }
  }

  RecorderStatus status(
      State state, @Nullable String problem, @Nullable Reason reason, DiskWatch disk) {
    return new RecorderStatus(
        state,
        problem,
        reason,
        bytes(),
        disk.bytesPerSecond(),
        disk.freeBytes(),
        disk.left().orElse(null),
        tracks.stream().mapToLong(recorded -> recorded.track.late()).sum(),
        inbox.refused(),
        tracks.stream().mapToLong(recorded -> recorded.track.damaged()).sum(),
        tracks.stream()
            .filter(recorded -> recorded.track.isTranscoding())
            .map(Recorded::name)
            .toList());
  }

  private static long gridBefore(long ticks) {
    return Math.floorDiv(ticks, (long) AacLane.FRAME) * AacLane.FRAME;
  }

  private static long gridAfter(long ticks) {
    return Math.ceilDiv(ticks, (long) AacLane.FRAME) * AacLane.FRAME;
  }
}
