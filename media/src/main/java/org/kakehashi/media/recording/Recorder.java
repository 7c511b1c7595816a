package org.kakehashi.media.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.recording.RecorderStatus.Reason;
import org.kakehashi.media.recording.RecorderStatus.State;
import org.kakehashi.media.session.MediaSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a session: every channel and the pictures, until it is finished, the longest time is over
 * or it fails. It never makes a media loop wait: what it cannot take in time is dropped and
 * counted.
 *
 * <p>Thread: any; the work is done on one thread of its own, which looks at what came every 20 ms.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();
  private static final long LOOK_AT_DISK_NANOS = Duration.ofSeconds(2).toNanos();

  /** A part of a picture takes about as much. */
  private static final long A_PART = 64 << 10;

  private final RecordingRun run;
  private final MediaClock clock;
  private final DiskWatch disk;
  private final RecordingSettings settings;
  private final boolean goesOn;
  private volatile @Nullable Thread thread;
  private volatile RecorderStatus status;
  private volatile Wanted wanted = Wanted.RECORD;
  private long lookedNanos;
  private boolean isFirst = true;

  private enum Wanted {
    RECORD,
    FINISH,
    CLOSE
  }

  private Recorder(RecordingRun run, MediaClock clock, DiskWatch disk, RecordingSettings settings) {
    this.run = run;
    this.clock = clock;
    this.disk = disk;
    this.settings = settings;
    this.status = run.status(State.RECORDING, null, null, disk);
    this.goesOn = run.recording().durationTicks() > 0;
  }

  /**
   * Begins to record, or goes on with what was interrupted in {@code folder}: on the same timeline,
   * by the wall clock, with silence and a blank picture for the time between.
   *
   * @param session what to record; its channels are {@code floor} and {@code languages}
   * @param languages the session's, BCP 47 tags, in its order
   * @param folder the recording's own; made if it is not there
   * @throws RecordingException {@code DISK_LOW}, {@code FOLDER_UNUSABLE}, {@code NOT_A_RECORDING},
   *     {@code ENDED}, {@code OTHER_TRACKS} or {@code NOT_POSSIBLE_HERE}
   */
  public static Recorder start(
      MediaSession session, List<String> languages, Path folder, RecordingSettings settings) {
    Recorder recorder = byHand(session, languages, folder, settings, Disk.of(folder));
    recorder.thread =
        Thread.ofPlatform()
            .name("recorder-" + folder.getFileName())
            .daemon()
            .start(recorder::runUntilDone);
    return recorder;
  }

  /** As {@link #start}, but nothing happens unless {@link #step} is called, by one thread. */
  static Recorder byHand(
      MediaSession session,
      List<String> languages,
      Path folder,
      RecordingSettings settings,
      Disk space) {
    DiskWatch disk = new DiskWatch(space::freeBytes, settings.diskReserveBytes());
    RecordingRun run = RecordingStart.begin(session, languages, folder, settings, space);
    return new Recorder(run, session.clock(), disk, settings);
  }

  /** Whether it goes on with what was interrupted, behind a gap, rather than beginning anew. */
  public boolean goesOn() {
    return goesOn;
  }

  /**
   * Ends a recording that was interrupted and is not to be gone on with: all tracks get the same
   * length, and the playlists are written.
   *
   * @param folder of the recording; one that has ended properly is only opened
   * @throws RecordingException as {@link Recording#open}
   */
  public static Recording close(Path folder, RecordingSettings settings) {
    Recording recording = Recording.open(folder);
    if (recording.isLive()) {
      RecordingRun.closeInterrupted(recording, settings);
    }
    return recording;
  }

  /** What is recorded, from its first moment; the same object for as long as this recorder is. */
  public Recording recording() {
    return run.recording();
  }

  /** How it is doing; at most a second old. */
  public RecorderStatus status() {
    return status;
  }

  /**
   * Which tick of the recording {@code sessionTicks} of the session's present clock is; for the
   * journal's entries.
   */
  public long recordingTicks(long sessionTicks) {
    return sessionTicks + run.origin();
  }

  /**
   * Ends the recording with what came before this call, and writes the playlists. Blocks until
   * done; again: nothing happens. To be called before the session is closed.
   */
  public void finish() {
    stop(Wanted.FINISH);
  }

  /**
   * Stops at once, as at a shutdown of the node: the recording stays {@linkplain Recording#isLive
   * live} and can be gone on with. After {@link #finish} nothing happens.
   */
  @Override
  public void close() {
    stop(Wanted.CLOSE);
  }

  private void stop(Wanted how) {
    synchronized (this) {
      if (wanted == Wanted.RECORD) {
        wanted = how;
      }
    }
    Thread own = thread;
    if (own == null) {
      step();
      return;
    }
    LockSupport.unpark(own);
    boolean interrupted = false;
    while (own.isAlive()) {
      try {
        own.join();
      } catch (InterruptedException e) {
        interrupted = true; // Half a recording helps nobody.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runUntilDone() {
    while (step()) {
      LockSupport.parkNanos(this, STEP_NANOS);
    }
  }

  /**
   * Records what can be recorded now.
   *
   * @return false once there is nothing more to do
   */
  boolean step() {
    if (run.isOver()) {
      return false;
    }
    try {
      long now = clock.now();
      if (isFirst) {
        isFirst = false;
        run.goOnFrom(now);
      }
      Wanted what = wanted;
      boolean longEnough = run.isLongerThan(settings.longest(), now);
      if (what == Wanted.CLOSE) {
        run.leave(now);
      } else if (what == Wanted.FINISH || longEnough) {
        run.finish(now);
      } else {
        run.advance(now);
      }
      look(run.isOver());
    } catch (IOException | UncheckedIOException e) {
      boolean full = isForWantOfRoom(e);
      fail(
          full ? Reason.DISK_FULL : Reason.DISK_GONE,
          full
              ? "The disk is full. What was recorded until then is kept."
              : "The recording's folder cannot be written any more.",
          e);
    } catch (RuntimeException e) {
      fail(Reason.INTERNAL, "The recorder failed; the log says why.", e);
    }
    return !run.isOver();
  }

  /** The system says so in the language it was set to, so the disk is asked too. */
  private boolean isForWantOfRoom(Exception e) {
    disk.sample(clock.nanoTime(), run.bytes());
    boolean nothingLeft = disk.freeBytes() >= 0 && disk.freeBytes() < A_PART;
    return disk.isFull() || nothingLeft || String.valueOf(e.getMessage()).contains("No space left");
  }

  private void look(boolean now) {
    long nanos = clock.nanoTime();
    if (!now && nanos - lookedNanos < LOOK_AT_DISK_NANOS && lookedNanos != 0) {
      return;
    }
    lookedNanos = nanos;
    disk.sample(nanos, run.bytes());
    if (disk.isFull() && !run.isOver()) {
      fail(
          Reason.DISK_FULL,
          "The disk is nearly full. What was recorded until then is kept.",
          new IOException("Less than the reserve is free"));
    } else {
      status = run.status(run.isOver() ? State.ENDED : State.RECORDING, null, null, disk);
    }
  }

  private void fail(Reason reason, String problem, Exception cause) {
    LOG.error("Recording {} stopped: {}", run.recording().folder().getFileName(), problem, cause);
    run.abandon();
    status = run.status(State.FAILED, problem, reason, disk);
  }
}
