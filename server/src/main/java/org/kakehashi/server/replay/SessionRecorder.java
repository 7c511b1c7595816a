package org.kakehashi.server.replay;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Recorder;
import org.kakehashi.media.recording.RecorderStatus;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.RecordingException;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.live.RecordingStatus;
import org.kakehashi.server.live.RecordingStatus.State;
import org.kakehashi.server.live.RecordingStatus.Warning;
import org.kakehashi.server.live.SessionRecording;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recorder of a session that runs: begins, watches, begins again by itself once what stood in
 * the way is gone. Thread: the session's.
 *
 * <pre>
 *   begin ─▶ RECORDING ──over()──▶ ENDED ◀── longest
 *              │   ▲
 *     disk full│   │every 30 s, with a gap
 *              ▼   │
 *             FAILED
 * </pre>
 */
final class SessionRecorder implements SessionRecording {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);
  private static final long AGAIN = Duration.ofSeconds(30).toNanos();
  private static final long OVERLOADED = Duration.ofMinutes(1).toNanos();

  private final RecordingCatalogue catalogue;
  private final DiskForecast disk;
  private final SessionPlan plan;
  private final MediaSession media;
  private final Consumer<JournalEvent> journal;
  private final boolean anew;
  private @Nullable Recorder recorder;
  private @Nullable Recorded recorded;
  private RecordingStatus status = RecordingStatus.plain(State.FAILED);
  private boolean hopeless;
  private long againAt;
  private long sinceTicks;
  private long dropped;
  private long droppedAt;

  /**
   * @param anew whether a recording that has reached its longest is thrown away and begun anew
   */
  SessionRecorder(
      RecordingCatalogue catalogue,
      DiskForecast disk,
      SessionPlan plan,
      MediaSession media,
      Consumer<JournalEvent> journal,
      boolean anew) {
    this.catalogue = catalogue;
    this.disk = disk;
    this.plan = plan;
    this.media = media;
    this.journal = journal;
    this.anew = anew;
    this.droppedAt = media.clock().nanoTime() - OVERLOADED;
    begin();
  }

  private void begin() {
    try {
      Recorder begun =
          Recorder.start(
              media,
              plan.languages(),
              catalogue.folder(plan.id()),
              catalogue.settings().recorder());
      recorder = begun;
      dropped = 0;
      sinceTicks = media.clock().now();
      recorded = catalogue.began(plan, begun.recording());
      note(begun);
      look();
    } catch (RecordingException refused) {
      failed(refused.getMessage(), refused.code());
    } catch (UncheckedIOException refused) {
      letGo();
      failed(refused.getMessage(), RecordingException.Code.FOLDER_UNUSABLE);
    } catch (RuntimeException | LinkageError fault) { // Whatever it is, the session goes on.
      LOG.error("A fault of ours: session {} cannot be recorded", plan.id(), fault);
      letGo();
      fail("A fault of the server; its log has the reason.", null);
    }
  }

  /** The gap itself is in the recording; its own thread finds it, perhaps a moment later. */
  private void note(Recorder begun) {
    journal.accept(new JournalEvent.Recording(begun.goesOn() ? "resumed" : "started", null));
  }

  private void failed(@Nullable String why, RecordingException.Code code) {
    hopeless =
        code == RecordingException.Code.ENDED || code == RecordingException.Code.OTHER_TRACKS;
    Warning warning =
        switch (code) {
          case DISK_LOW -> Warning.DISK_FULL;
          case FOLDER_UNUSABLE, NOT_A_RECORDING -> Warning.DISK_ERROR;
          case ENDED, OTHER_TRACKS, NOT_POSSIBLE_HERE -> null;
        };
    fail(why, warning);
    if (code == RecordingException.Code.ENDED) {
      status = RecordingStatus.ENDED;
    }
  }

  private void fail(@Nullable String why, @Nullable Warning warning) {
    againAt = media.clock().nanoTime() + AGAIN;
    RecordingStatus next =
        new RecordingStatus(State.FAILED, null, 0, null, warning, List.of(), why);
    if (!next.equals(status)) {
      LOG.warn("Session {} is not recorded: {}", plan.id(), why);
      journal.accept(new JournalEvent.Recording("failed", why));
    }
    status = next;
  }

  @Override
  public RecordingStatus look() {
    Recorder now = recorder;
    if (now == null) {
      boolean again =
          status.state() == State.FAILED && !hopeless && media.clock().nanoTime() - againAt >= 0;
      if (again) {
        begin();
      }
      return status;
    }
    RecorderStatus figures = now.status();
    disk.note(plan.id(), figures);
    switch (figures.state()) {
      case RECORDING -> status = recording(figures);
      case ENDED -> reachedLongest(now);
      case FAILED -> {
        letGo();
        fail(
            figures.problem(),
            switch (Objects.requireNonNullElse(figures.reason(), RecorderStatus.Reason.INTERNAL)) {
              case DISK_FULL -> Warning.DISK_FULL;
              case DISK_GONE -> Warning.DISK_ERROR;
              case INTERNAL -> null;
            });
      }
    }
    return status;
  }

  private RecordingStatus recording(RecorderStatus figures) {
    long nanos = media.clock().nanoTime();
    if (figures.dropped() > dropped) {
      dropped = figures.dropped();
      droppedAt = nanos;
    }
    Duration left = disk.left().orElse(null);
    Warning warning =
        left != null && left.compareTo(catalogue.settings().warnBelow()) < 0
            ? Warning.DISK_LOW
            : nanos - droppedAt < OVERLOADED ? Warning.OVERLOAD : null;
    return new RecordingStatus(
        State.RECORDING,
        sinceTicks,
        figures.bytesWritten(),
        left == null ? null : Math.round(left.toSeconds() / 360.0) / 10.0,
        warning,
        figures.transcoded(),
        null);
  }

  private void reachedLongest(Recorder now) {
    end(now);
    if (anew) {
      catalogue.forget(plan.id());
      begin();
    } else {
      LOG.warn(
          "The recording of {} has reached recordings.longest and has ended; the session goes on",
          plan.id());
    }
  }

  @Override
  public void over() {
    Recorder now = recorder;
    hopeless = true;
    if (now != null) {
      end(now);
    } else if (recorded != null) {
      catalogue.close(recorded); // It had failed: what there is of it is the replay.
      status = RecordingStatus.ENDED;
    }
  }

  private void end(Recorder now) {
    now.finish();
    Recording whole = now.recording();
    letGo();
    try {
      catalogue.ended(Objects.requireNonNull(recorded), whole);
    } catch (UncheckedIOException refused) {
      LOG.warn("What is known of the recording of {} cannot be written now", plan.id(), refused);
    }
    status = RecordingStatus.ENDED;
    journal.accept(new JournalEvent.Recording("ended", null));
  }

  @Override
  public void close() {
    letGo();
    Recorded interrupted = recorded;
    if (interrupted != null) {
      interrupted.interrupted();
    }
  }

  private void letGo() {
    Recorder now = recorder;
    recorder = null;
    disk.forget(plan.id());
    if (now != null) {
      now.close();
    }
  }
}
