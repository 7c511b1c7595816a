package org.kakehashi.media.audio;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;

/**
 * The floor as one sound while two or more microphones are open on it, and the same without each
 * speaker (mix-minus), so that nobody hears themselves. With fewer it does not tick, decode or
 * encode: that one microphone is forwarded as it is.
 *
 * <p>A mixed packet carries the media time of what is heard in it, and leaves {@link #delay} after
 * that: the time a 20 ms frame takes to be there whole, the jitter that is waited for, and the
 * encoder's look-ahead. A microphone whose packets come later than that is itself heard later, up
 * to 200 ms, and does not hold up the others. While nobody listens nothing is decoded or encoded.
 *
 * <p>Threads: ticks on the ticker's, the rest on the session's control thread. One lock; a control
 * call waits for at most one tick (well under 1 ms), a tick for at most one control call.
 */
public final class FloorMixer implements AutoCloseable {
  private static final int FRAME = Microphone.FRAME;

  /** How much of the past libopus looks at before it codes a sample (RFC 7845 section 4.2). */
  private static final int LOOK_AHEAD = 312;

  /** The mix goes on from where it was unless ticks were missed for longer than this: 60 ms. */
  private static final long SLIP = 3 * FRAME;

  /**
   * How to mix.
   *
   * @param opus how the mixes are encoded; mono
   * @param jitter how long to wait for packets, 0 to 100 ms; also lets a lost packet be recovered
   *     from the one after it
   */
  public record Settings(OpusSettings opus, Duration jitter) {
    /** Refuses what cannot be mixed. */
    public Settings {
      if (opus.channels() != 1) {
        throw new IllegalArgumentException("The floor is mixed in mono");
      }
      if (jitter.isNegative() || jitter.toMillis() > 100) {
        throw new IllegalArgumentException("jitter: 0 to 100 ms, not " + jitter);
      }
    }

    /** Speech at 64 kbit/s; 20 ms of jitter. */
    public static Settings standard() {
      return new Settings(OpusSettings.speech(), Duration.ofMillis(20));
    }
  }

  private final String id;
  private final MediaClock clock;
  private final Ticker ticker;
  private final Settings settings;
  private final ByteBufAllocator allocator;
  private final long latency;
  private final MixOutput everyone;
  private final Map<String, MixOutput> minus = new HashMap<>();
  private final List<Input> inputs = new ArrayList<>();
  private Map<Source, String> open = Map.of();
  private Ticker.@Nullable Ticking ticking;
  private boolean aligned;
  private long time;
  private boolean closed;

  /** A microphone, whose it is, and whether anything is heard of it in this tick. */
  private static final class Input {
    final Microphone microphone;
    final String owner;
    boolean heard;

    Input(Microphone microphone, String owner) {
      this.microphone = microphone;
      this.owner = owner;
    }
  }

  /**
   * A mixer that rests.
   *
   * @param id begins the ids of the sources it makes; unique in the session
   * @throws OpusUnavailableException if libopus cannot be loaded on this machine
   */
  public FloorMixer(
      String id, MediaClock clock, Ticker ticker, Settings settings, ByteBufAllocator allocator) {
    this.id = id;
    this.clock = clock;
    this.ticker = ticker;
    this.settings = settings;
    this.allocator = allocator;
    this.latency = FRAME + MediaClock.ticksIn(settings.jitter());
    this.everyone = new MixOutput(id, clock, settings.opus(), allocator);
  }

  /**
   * Mixes exactly these microphones from now on, each with its owner; one that joins fades in, one
   * that leaves fades out, over 40 ms. With fewer than two the mixer rests. To be told of a single
   * microphone too: it is then known to be heard already and does not fade when a second joins.
   *
   * @param microphones Opus sources on this session's clock, and whose each is
   */
  public synchronized void mix(Map<Source, String> microphones) {
    if (closed) {
      return;
    }
    Map<Source, String> before = open;
    open = new LinkedHashMap<>(microphones);
    minus.keySet().removeIf(owner -> !open.containsValue(owner) && retire(owner));
    if (open.size() < 2) {
      rest();
      return;
    }
    for (Input input : inputs) {
      if (!input.owner.equals(open.get(input.microphone.source()))) {
        input.microphone.leave();
      }
    }
    open.forEach((source, owner) -> open(source, owner, before.containsKey(source)));
    if (ticking == null) {
      aligned = false;
      ticking = ticker.start(this::tick);
    }
  }

  /** All microphones together: silent while the mixer rests. */
  public Source everyone() {
    return everyone.source();
  }

  /**
   * All microphones but those of {@code owner}; encoded only while something is attached. The same
   * source for as long as {@code owner} has a microphone open. Where only one other microphone is
   * open, listen to that instead: nothing need be encoded.
   *
   * @param owner as given to {@link #mix}; somebody without a microphone misses nothing in {@link
   *     #everyone}, and gets that
   */
  public synchronized Source without(String owner) {
    if (closed || !open.containsValue(owner)) {
      return everyone();
    }
    return minus
        .computeIfAbsent(
            owner,
            name -> new MixOutput(id + "-without-" + name, clock, settings.opus(), allocator))
        .source();
  }

  /** How long after its media time a mixed packet leaves: what mixing adds to forwarding. */
  public Duration delay() {
    return MediaClock.duration(latency + LOOK_AHEAD);
  }

  /** How many microphones are mixed now, those that fade out included. */
  public synchronized int microphones() {
    return inputs.size();
  }

  /** What the mixer's microphones went through since they joined, added up. */
  public synchronized MixStats stats() {
    MixStats sum = MixStats.NONE;
    for (Input input : inputs) {
      sum = sum.plus(input.microphone);
    }
    return sum;
  }

  /** Ends mixing for good and frees the codecs; again: nothing happens. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    rest();
    minus.values().forEach(MixOutput::close);
    minus.clear();
    everyone.close();
  }

  private void open(Source source, String owner, boolean heardBefore) {
    for (Input input : inputs) {
      if (input.microphone.source() == source && input.owner.equals(owner)) {
        input.microphone.stay();
        return;
      }
    }
    boolean faded = heardBefore && ticking == null;
    inputs.add(new Input(new Microphone(source, clock, faded), owner));
  }

  private boolean retire(String owner) {
    MixOutput output = minus.get(owner);
    if (output != null) {
      output.close();
    }
    return true;
  }

  private void rest() {
    if (ticking != null) {
      ticking.close();
      ticking = null;
    }
    inputs.forEach(input -> input.microphone.close());
    inputs.clear();
  }

  private synchronized void tick(long deadline) {
    if (ticking == null) {
      return; // It was stopped while this tick was under way.
    }
    long due = clock.ticks(deadline) - latency;
    if (!aligned || Math.abs(due - time) > SLIP) {
      if (aligned) {
        // The listeners miss these ticks: what was said in them is no use to them later.
        for (int i = 0; i < inputs.size(); i++) {
          inputs.get(i).microphone.leaveOut(due - time);
        }
      }
      time = due;
      aligned = true;
    }
    if (isHeard()) {
      for (int i = 0; i < inputs.size(); i++) {
        Input input = inputs.get(i);
        input.heard = input.microphone.read(time);
      }
      publish(everyone, null);
      if (!minus.isEmpty()) {
        minus.forEach((owner, output) -> publish(output, owner));
      }
    } else {
      for (int i = 0; i < inputs.size(); i++) {
        inputs.get(i).microphone.pass(time);
      }
    }
    time += FRAME;
    removeGone();
  }

  /** Whether anybody listens to any of the mixes. */
  private boolean isHeard() {
    boolean heard = everyone.isHeard();
    if (!minus.isEmpty()) {
      for (MixOutput output : minus.values()) {
        heard |= output.isHeard();
      }
    }
    return heard;
  }

  /** Lets go of the microphones whose fade out has just been heard to its end. */
  private void removeGone() {
    for (int i = inputs.size() - 1; i >= 0; i--) {
      if (inputs.get(i).microphone.isGone()) {
        inputs.remove(i).microphone.close();
      }
    }
  }

  /** Adds up and sends one mix, without the microphones of {@code except} if that is somebody. */
  private void publish(MixOutput output, @Nullable String except) {
    if (!output.begin()) {
      return;
    }
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      if (input.heard && !input.owner.equals(except)) {
        output.add(input.microphone.sound());
      }
    }
    output.publish(time - LOOK_AHEAD);
  }
}
