package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.recording.RecordingSettings.Sync;
import org.kakehashi.media.recording.Tmpfs;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.FloorMix;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.config.RecordingsSettings;
import org.kakehashi.server.live.RecordingStatus;
import org.kakehashi.server.live.RecordingStatus.State;
import org.kakehashi.server.live.RecordingStatus.Warning;
import org.kakehashi.server.programme.Event;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.RecordingPlan;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/** What a session is told when it cannot be recorded, and what happens then. */
class SessionRecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  @TempDir Path data;

  private final AtomicLong nanos = new AtomicLong();
  private final MediaClock clock = new MediaClock(nanos::get, NOW);
  private final List<String> journal = new ArrayList<>();
  private RecordingCatalogue catalogue;

  @Test
  void belowTheFloorNothingBeginsAndTheDeskIsToldWhy() {
    SessionRecorder recorder = recorder(Long.MAX_VALUE);
    try {
      RecordingStatus status = recorder.look();
      assertThat(status.state()).isEqualTo(State.FAILED);
      assertThat(status.warning()).isEqualTo(Warning.DISK_FULL);
      assertThat(status.detail()).contains("free on the disk");

      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(recorder.look().state()).isEqualTo(State.FAILED);
      assertThat(journal).containsExactly("failed");
    } finally {
      recorder.close();
    }
  }

  @Test
  void itBeginsByItselfOnceWhatStoodInTheWayIsGone() throws IOException {
    Path inTheWay = Files.writeString(Files.createDirectories(data).resolve("recordings"), "");
    SessionRecorder recorder = recorder(0);
    try {
      assertThat(recorder.look().warning()).isEqualTo(Warning.DISK_ERROR);
      Files.delete(inTheWay);
      assertThat(recorder.look().state()).as("not yet").isEqualTo(State.FAILED);

      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(recorder.look().state()).isEqualTo(State.RECORDING);
      recorder.over();
      assertThat(recorder.look().state()).isEqualTo(State.ENDED);
      assertThat(journal).containsExactly("failed", "started", "ended");
    } finally {
      recorder.close();
    }
  }

  @Test
  void aDiskThatIsReallyFullIsToldAtTheDeskAndGoneOnFromOnceThereIsRoom(@TempDir Path folder)
      throws IOException {
    try (Tmpfs disk = Tmpfs.mount(folder, 4 << 20)) {
      data = disk.place();
      disk.fill(
          512 << 10); // Room for some seconds of every track: what has not begun leaves no gap.
      SessionRecorder recorder = recorder(0, false, Duration.ofHours(1));
      try {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Recorded recorded = catalogue.find("plenary").orElseThrow();
        long began = nanos.get();
        while (recorder.look().state() == State.RECORDING && System.nanoTime() < patience) {
          long written =
              recorded.media().tracks().stream()
                  .mapToLong(track -> track.snapshot().end())
                  .min()
                  .orElseThrow();
          // As fast as it is written: where one track alone fills the disk nothing is recorded.
          Duration ahead =
              Duration.ofNanos(nanos.get() - began).minus(MediaClock.duration(written));
          if (ahead.compareTo(Duration.ofSeconds(3)) < 0) {
            nanos.addAndGet(Duration.ofMillis(20).toNanos());
          }
          LockSupport.parkNanos(100_000);
        }
        assertThat(recorder.look().state()).isEqualTo(State.FAILED);
        assertThat(recorder.look().warning()).isEqualTo(Warning.DISK_FULL);
        assertThat(recorder.look().detail()).contains("The disk is full");

        disk.empty();
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(recorder.look().state()).isEqualTo(State.RECORDING);
        recorder.over();
        assertThat(journal).containsExactly("started", "failed", "resumed", "ended");
        assertThat(catalogue.find("plenary").orElseThrow().media().gaps()).hasSize(1);
      } finally {
        recorder.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLongestRecordingEndsAndADemosBeginsAnew(boolean anew) {
    SessionRecorder recorder = recorder(0, anew);
    try {
      assertThat(recorder.look().state()).isEqualTo(State.RECORDING);
      nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      await(recorder, anew ? 3 : 2);

      assertThat(journal)
          .containsExactlyElementsOf(
              anew ? List.of("started", "ended", "started") : List.of("started", "ended"));
      assertThat(recorder.look().state()).isEqualTo(anew ? State.RECORDING : State.ENDED);
      assertThat(catalogue.find("plenary").orElseThrow().isLive()).isEqualTo(anew);
    } finally {
      recorder.close();
    }
  }

  /** Looks until the recorder's own thread has seen that its time is over. */
  private void await(SessionRecorder recorder, int entries) {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (journal.size() < entries && System.nanoTime() < patience) {
      recorder.look();
      Thread.onSpinWait();
    }
  }

  private SessionRecorder recorder(long diskFloor) {
    return recorder(diskFloor, false);
  }

  private SessionRecorder recorder(long diskFloor, boolean anew) {
    return recorder(diskFloor, anew, Duration.ofMinutes(1));
  }

  private SessionRecorder recorder(long diskFloor, boolean anew, Duration longest) {
    RecordingsSettings usual = RecordingsSettings.DEFAULT;
    RecordingsSettings settings =
        new RecordingsSettings(
            usual.part(),
            usual.segment(),
            usual.hold(),
            Sync.NEVER,
            diskFloor,
            0,
            usual.warnBelow(),
            longest,
            usual.deletedKeptFor(),
            usual.playersRead(),
            usual.maxWaiting(),
            usual.maxCaptions(),
            usual.maxDownloads());
    LocalText title = new LocalText(Map.of("fr", "Plénière"));
    SessionPlan plan =
        new SessionPlan(
            "plenary",
            new Event("summit", title, List.of()),
            title,
            null,
            null,
            List.of("fr"),
            true,
            false,
            SessionPlan.Uninterpreted.FLOOR,
            SessionPlan.Collision.INTERLOCK,
            List.of(),
            new RecordingPlan(true, true, List.of()));
    Source silence = new Source("silence", Codec.OPUS, clock);
    catalogue = new RecordingCatalogue(data, settings, InstantSource.fixed(NOW));
    return new SessionRecorder(
        catalogue,
        new DiskForecast(0),
        plan,
        new MediaSession(clock, plan.languages(), new NoMix(silence), silence),
        event -> journal.add(((JournalEvent.Recording) event).state()),
        anew);
  }

  /** Nobody speaks, so nothing is mixed. */
  private record NoMix(Source silence) implements FloorMix {
    @Override
    public void mix(List<FloorMicrophone> microphones) {}

    @Override
    public Source everyone() {
      return silence;
    }

    @Override
    public Source without(String person) {
      return silence;
    }

    @Override
    public void close() {}
  }
}
