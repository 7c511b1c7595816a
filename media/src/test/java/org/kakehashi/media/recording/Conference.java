package org.kakehashi.media.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kakehashi.media.audio.Silence;
import org.kakehashi.media.audio.Ticker;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.FloorMix;
import org.kakehashi.media.session.MediaSession;

/** A session in simulated time: the clock moves when {@link #run} says so, 20 ms at a time. */
final class Conference implements AutoCloseable {
  static final Instant BEGINS = Instant.parse("2026-11-26T09:00:00Z");

  /** Ticks of one simulated step. */
  static final long STEP = 960;

  private static final long STEP_NANOS = 20_000_000;

  private final List<Participant> participants = new ArrayList<>();
  private final List<Ticker.Tick> ticks = new ArrayList<>();
  private final Set<String> languages;
  private final Silence silence;
  private long nanos = 1_000_000_000L;
  final MediaClock clock;
  final MediaSession session;

  /** Somebody who sends. */
  interface Participant {
    /** Sends what is due at {@code now}, in session ticks. */
    void send(long now);
  }

  Conference(String... languages) {
    this(BEGINS, languages);
  }

  Conference(Instant begins, String... languages) {
    this.languages = new HashSet<>(List.of(languages));
    clock = new MediaClock(() -> nanos, begins);
    silence =
        new Silence(
            "silence",
            clock,
            tick -> {
              ticks.add(tick);
              return () -> ticks.remove(tick);
            });
    session = new MediaSession(clock, List.of(languages), new NoMix(clock), silence.source());
  }

  /** A recorder that records when the conference runs. */
  Recorder record(Path folder, RecordingSettings settings) {
    return Recorder.byHand(
        session, languages.stream().sorted().toList(), folder, settings, () -> 1L << 40);
  }

  <P extends Participant> P join(P participant) {
    participants.add(participant);
    return participant;
  }

  void feed(String channel, Source source) {
    session.channel(channel).feed(source);
  }

  void silence(String channel) {
    session.channel(channel).feed(silence.source());
  }

  /** Lets time pass, recorders record. */
  void run(Duration duration, Recorder... recorders) {
    long steps = duration.toNanos() / STEP_NANOS;
    for (long i = 0; i < steps; i++) {
      nanos += STEP_NANOS;
      for (Ticker.Tick tick : ticks) {
        tick.tick(nanos);
      }
      for (Participant participant : participants) {
        participant.send(clock.now());
      }
      for (Recorder recorder : recorders) {
        recorder.step();
      }
    }
  }

  /** Lets time pass in which nobody does anything, such as a machine that sleeps. */
  void skip(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public void close() {
    session.close();
    silence.close();
  }

  private record NoMix(MediaClock clock) implements FloorMix {
    @Override
    public void mix(List<FloorMicrophone> microphones) {}

    @Override
    public Source everyone() {
      return new Source("mix", Codec.OPUS, clock);
    }

    @Override
    public Source without(String person) {
      return everyone();
    }

    @Override
    public void close() {}
  }
}
