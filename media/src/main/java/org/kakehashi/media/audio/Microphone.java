package org.kakehashi.media.audio;

import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * One input of the mixer: takes a source's packets as they come and gives its sound 20 ms at a
 * time, at its sender's own pace and near its media time, whatever was lost, late or drifting.
 *
 * <pre>
 *   accept ─▶ JitterBuffer ─▶ Decoding (loss, pauses) ─▶ Pacing (lateness, drift) ─▶ Fade ─▶ read
 * </pre>
 *
 * <p>Threads: {@link #accept} on the source's, {@link #close} and the rest on one thread at a time.
 */
final class Microphone implements Sink, AutoCloseable {
  /** Samples in a tick. */
  static final int FRAME = 960;

  /** Sound that is further behind than this is left out: 240 ms. */
  private static final long FAR_BEHIND = 11_520;

  /** Until it is no further behind than this: 200 ms. */
  private static final long MOST_BEHIND = 9_600;

  /** Sound further ahead than this is held back: 60 ms. */
  private static final long FAR_AHEAD = 2_880;

  private final Source source;
  private final MediaClock clock;
  private final JitterBuffer packets = new JitterBuffer();
  private final Decoding decoding = new Decoding(packets);
  private final Pacing pacing = new Pacing(decoding);
  private final Fade fade;
  private final float[] sound = new float[FRAME];

  /**
   * @param faded whether it was heard before and so does not fade in
   */
  Microphone(Source source, MediaClock clock, boolean faded) {
    this.source = source;
    this.clock = clock;
    this.fade = new Fade(faded);
    source.attach(this);
  }

  Source source() {
    return source;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    packets.add(packet, clock.now());
  }

  /** Lets the sound fade out; {@link #isGone} tells when it has. */
  void leave() {
    fade.out();
  }

  /** Lets the sound fade in (again). */
  void stay() {
    fade.in();
  }

  /** Whether it has left and faded out. */
  boolean isGone() {
    return fade.isOut();
  }

  /** The last sound that was {@linkplain #read read}, {@link #FRAME} samples. */
  float[] sound() {
    return sound;
  }

  /** What it went through so far. */
  Decoding decoding() {
    return decoding;
  }

  /** How many packets wait to be decoded. */
  int waiting() {
    return packets.waiting();
  }

  /**
   * Reads the 20 ms that belong to media time {@code time} into {@link #sound}.
   *
   * @return false if there is nothing to hear
   */
  boolean read(long time) {
    if (!produce(time)) {
      fade.skip(FRAME);
      return false;
    }
    fade.apply(sound, FRAME);
    return true;
  }

  /** Leaves out so many samples as far as their packets are there: nobody can hear them. */
  void leaveOut(long samples) {
    long left = samples;
    while (left > 0 && decoding.isPlaying()) {
      int now = (int) Math.min(left, FRAME);
      if (!decoding.reach(now)) {
        return;
      }
      decoding.run().take(now);
      left -= now;
    }
  }

  /** Lets the 20 ms that belong to media time {@code time} pass: nobody listens. */
  void pass(long time) {
    decoding.rest();
    pacing.restart();
    packets.dropBefore(time);
    fade.skip(FRAME);
  }

  private boolean produce(long time) {
    if (!decoding.isPlaying()) {
      if (!decoding.start(time - pacing.held(), FRAME)) {
        return false;
      }
    }
    long behind = time - decoding.run().head();
    if (behind < -FAR_AHEAD) {
      decoding.pause(FRAME, sound); // It will be due in a moment; until then go on smoothly.
      return true;
    }
    if (behind > FAR_BEHIND && packets.newest() >= time - MOST_BEHIND) {
      decoding.skipTo(time - MOST_BEHIND);
      pacing.restart();
    }
    pacing.read(time, sound);
    return true;
  }

  @Override
  public void close() {
    source.detach(this);
    decoding.close();
  }
}
