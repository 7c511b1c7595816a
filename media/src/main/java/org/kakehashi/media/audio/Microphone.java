package org.kakehashi.media.audio;

import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * One input of the mixer: takes a source's packets as they come and gives its sound 20 ms at a
 * time, aligned by media time, whatever was lost, late or drifting.
 *
 * <pre>
 *   accept ─▶ PacketBuffer ─▶ Decoding (loss, pauses) ─▶ Stretch (drift) ─▶ Fade ─▶ read
 * </pre>
 *
 * <p>Threads: {@link #accept} on the source's, {@link #close} and the rest on one thread at a time.
 */
final class Microphone implements Sink, AutoCloseable {
  /** Samples in a tick. */
  static final int FRAME = 960;

  /** Sound further behind than this is jumped over rather than played faster: 240 ms. */
  private static final long FAR_BEHIND = 11_520;

  /** Sound further ahead than this is held back rather than played slower: 60 ms. */
  private static final long FAR_AHEAD = 2_880;

  private final Source source;
  private final MediaClock clock;
  private final PacketBuffer packets;
  private final Decoding decoding;
  private final Stretch stretch = new Stretch();
  private final Fade fade;
  private final float[] sound = new float[FRAME];

  /**
   * @param jitter the jitter the mixer waits for, in ticks
   * @param faded whether it was heard before and so does not fade in
   */
  Microphone(Source source, MediaClock clock, long jitter, boolean faded) {
    this.source = source;
    this.clock = clock;
    this.packets = new PacketBuffer(jitter);
    this.decoding = new Decoding(packets);
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
    long wanted = time - packets.delay();
    boolean heard = produce(wanted);
    if (!heard) {
      stretch.restart();
      fade.skip(FRAME);
      return false;
    }
    fade.apply(sound, FRAME);
    return true;
  }

  private boolean produce(long wanted) {
    if (!decoding.isPlaying() && !decoding.start(wanted, FRAME)) {
      return false;
    }
    long behind = wanted - decoding.head();
    if (behind > FAR_BEHIND) {
      decoding.skipTo(wanted);
      behind = wanted - decoding.head();
    } else if (behind < -FAR_AHEAD) {
      decoding.pause(FRAME, sound); // It will be due in a moment; until then go on smoothly.
      return true;
    }
    int samples = FRAME + Stretch.correction(behind);
    decoding.fill(samples);
    stretch.read(decoding, samples, sound, FRAME);
    return true;
  }

  @Override
  public void close() {
    source.detach(this);
    decoding.close();
  }
}
