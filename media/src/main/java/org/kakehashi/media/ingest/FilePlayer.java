package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;

/**
 * Plays an audio or video file as if somebody stood on stage: its sound as a source of 20 ms Opus
 * packets, its picture as a source of H.264, in step on the session's clock. What every browser can
 * decode is passed through, anything else is transcoded once, however many watch.
 *
 * <pre>
 *   opened ──start──▶ playing ◀──pause, resume──▶ paused
 *      └────────stop────────┴──end of file, damage──┴──▶ ended
 * </pre>
 *
 * <p>Threads: each player has a platform thread of its own ({@code file-}id) that reads,
 * transcodes, waits for each deadline and publishes; sources and events are called on it. Controls
 * may be called from any thread, that one included, and never block. {@link #open} reads the file:
 * call it where waiting for the disk is allowed.
 */
public final class FilePlayer implements AutoCloseable {
  /** Where a player stands in its life. */
  public enum State {
    /** Ready to start. */
    OPENED,
    /** Publishing. */
    PLAYING,
    /** Silent until resumed. */
    PAUSED,
    /** Over; everything is freed. */
    ENDED
  }

  /** What a player tells. Each player calls exactly one of these, once, when it is over. */
  public interface Events {
    /** The file was played to its end, or stopped. */
    void ended(FilePlayer player);

    /** The file turned out to be unplayable; what was good of it has been played. */
    void failed(FilePlayer player, MediaFileException why);
  }

  /** What is later than this is left out: after a stall a player catches up by a jump. */
  private static final long TOO_LATE = MediaClock.RATE / 2;

  /** {@link #start}: when the first packets have been read. */
  private static final long WHEN_READY = Long.MAX_VALUE;

  private final MediaClock clock;
  private final PlayTime time;
  private final DeadlineWait wait;
  private final Events events;
  private final Reel reel;
  private final Lookahead ahead;
  private final @Nullable PlayedTrack sound;
  private final @Nullable PlayedTrack picture;
  private final Thread thread;
  private final CountDownLatch over = new CountDownLatch(1);

  private State state = State.OPENED; // guarded by this
  private long startAt = WHEN_READY; // guarded by this until the thread starts
  private volatile boolean stopping;
  private volatile boolean pausing;
  private volatile long position;

  private FilePlayer(
      Path path, String id, MediaClock clock, Playback playback, Events events, DeadlineWait wait) {
    this.clock = clock;
    this.time = new PlayTime(clock);
    this.wait = wait;
    this.events = events;
    this.reel = Reel.open(path, playback, ByteBufAllocator.DEFAULT, this::keep, time::now);
    this.ahead = new Lookahead(reel.hasSound(), reel.hasPicture());
    this.sound =
        reel.hasSound() ? new PlayedTrack(new Source(id + "-audio", Codec.OPUS, clock)) : null;
    this.picture =
        reel.hasPicture() ? new PlayedTrack(new Source(id + "-video", Codec.H264, clock)) : null;
    this.thread = Thread.ofPlatform().name("file-" + id).daemon().unstarted(this::run);
  }

  /**
   * Opens a file for playing.
   *
   * @param path from {@link MediaFolder#resolve} where its name comes from outside
   * @param id unique in the session; its sources are {@code id-audio} and {@code id-video}
   * @param clock the session's
   * @throws MediaFileException if it cannot be played; nothing is left behind
   */
  public static FilePlayer open(
      Path path, String id, MediaClock clock, Playback playback, Events events) {
    return open(path, id, clock, playback, events, DeadlineWait.realTime());
  }

  static FilePlayer open(
      Path path, String id, MediaClock clock, Playback playback, Events events, DeadlineWait wait) {
    return new FilePlayer(path, id, clock, playback, events, wait);
  }

  /** The file's sound: Opus, 20 ms packets, each with its level. Empty: it has none. */
  public Optional<Source> audio() {
    return Optional.ofNullable(sound).map(PlayedTrack::source);
  }

  /** The file's picture: H.264, a key frame every two seconds. Empty: it has none. */
  public Optional<Source> video() {
    return Optional.ofNullable(picture).map(PlayedTrack::source);
  }

  /** What the file says of itself. */
  public MediaFileInfo info() {
    return reel.info();
  }

  /** Starts playing now. Harmless when started already. */
  public void start() {
    startAt(WHEN_READY);
  }

  /**
   * Starts playing so that the file's beginning falls on a tick of the session; several files
   * started at the same tick stay in step. If that is past, the file is entered where it would be
   * by now.
   *
   * @param tick of the session's clock
   */
  public synchronized void startAt(long tick) {
    if (state == State.OPENED) {
      state = State.PLAYING;
      startAt = tick;
      thread.start();
    }
  }

  /** Holds the file where it is; its sources fall silent. */
  public synchronized void pause() {
    if (state == State.PLAYING) {
      state = State.PAUSED;
      time.hold();
      pausing = true;
      LockSupport.unpark(thread);
    }
  }

  /** Goes on where {@link #pause} held it. */
  public synchronized void resume() {
    if (state == State.PAUSED) {
      state = State.PLAYING;
      time.goOn();
      pausing = false;
      LockSupport.unpark(thread);
    }
  }

  /**
   * Stops for good: at most the packet now under way is still published. A player that was never
   * started tells its events within this call.
   */
  public void stop() {
    boolean neverStarted;
    synchronized (this) {
      neverStarted = state == State.OPENED;
      stopping = true;
      state = State.ENDED;
      LockSupport.unpark(thread);
    }
    if (neverStarted) {
      finish(null);
    }
  }

  /** Same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  /** Where the player stands in its life. */
  public synchronized State state() {
    return state;
  }

  /** How far into the file it is, in milliseconds from 0. */
  public long positionMs() {
    return Math.max(0, position) * 1_000 / MediaClock.RATE;
  }

  /** How long the file is, in milliseconds; 0 if it does not say. */
  public long durationMs() {
    return info().duration().toMillis();
  }

  /**
   * Waits until the player is over, everything freed and its listener told.
   *
   * @return false if that took longer than {@code atMost}
   */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    MediaFileException failure = null;
    try {
      play();
    } catch (MediaFileException e) {
      failure = e;
    } finally {
      finish(failure);
    }
  }

  private void play() {
    long start;
    synchronized (this) {
      start = startAt;
    }
    boolean more = true;
    while (more && !stopping && ahead.wantsMore(0)) {
      more = reel.readMore(); // Before the clock counts: the first words must not be late.
    }
    time.begin(start == WHEN_READY ? clock.now() : start);
    while (!stopping) {
      if (pausing) {
        waitForResume();
        continue;
      }
      long now = time.now();
      TimedUnit next = ahead.peek().orElse(null);
      if (next != null && next.ticks() <= now) {
        ahead.take(next);
        publish(next, now);
      } else if (more && ahead.wantsMore(now)) {
        more = reel.readMore();
      } else if (next == null) {
        return;
      } else {
        awaitTick(time.tickOf(next.ticks()));
      }
    }
  }

  private void waitForResume() {
    while (pausing && !stopping) {
      LockSupport.park(this);
    }
  }

  private void awaitTick(long tick) {
    // From the clock's own reading each time: deadlines are absolute, errors do not add up.
    long nanos = clock.nanoTime();
    long left = MediaClock.duration(tick - clock.ticks(nanos)).toNanos();
    wait.until(nanos + left + 1, clock);
  }

  private void keep(TimedUnit unit) {
    ahead.add(unit);
  }

  private void publish(TimedUnit unit, long now) {
    PlayedTrack track = unit.audio() ? sound : picture;
    if (track == null || now - unit.ticks() > TOO_LATE || !track.takes(unit)) {
      if (track != null) {
        track.leaveOut(unit);
      }
      unit.discard();
      return;
    }
    position = unit.position();
    track.publish(unit, time.tickOf(unit.ticks()));
  }

  private void finish(@Nullable MediaFileException failure) {
    synchronized (this) {
      state = State.ENDED;
    }
    ahead.clear();
    reel.close();
    try {
      if (failure == null) {
        events.ended(this);
      } else {
        events.failed(this, failure);
      }
    } finally {
      over.countDown();
    }
  }
}
