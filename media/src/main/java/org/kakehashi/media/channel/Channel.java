package org.kakehashi.media.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One continuous, named stream of sound: the floor, or one language. Its content is decided once,
 * by {@link #feed}, and then only copied.
 *
 * <p>Threads: {@link #feed} from the session's control thread; packets on the feeding source's
 * thread. A change of source falls on a packet boundary.
 */
public final class Channel implements Sink, Feed {
  /**
   * How far back a new source may start and still be held until the channel's time is reached, so
   * that the same words are not heard twice when a mix takes over. Further back, its clock is not
   * comparable, and it is let through at once.
   */
  private static final long OVERLAP = MediaClock.ticksIn(Duration.ofMillis(200));

  private final String name;
  private final FanOut fanOut = new FanOut();
  private volatile @Nullable Source source;
  private volatile long lastMediaTime = Long.MIN_VALUE;
  private volatile long holdUntil = Long.MIN_VALUE;

  /**
   * @param name {@code floor} or a language's BCP 47 tag
   */
  public Channel(String name) {
    this.name = name;
  }

  /** {@code floor} or a language's BCP 47 tag. */
  public String name() {
    return name;
  }

  /** Lets {@code next} feed this channel from now on, in place of the source before. */
  public synchronized void feed(@Nullable Source next) {
    Source previous = source;
    if (previous == next) {
      return;
    }
    holdUntil = lastMediaTime;
    source = next;
    if (previous != null) {
      previous.detach(this);
    }
    if (next != null) {
      next.attach(this);
    }
  }

  /** The source that feeds this channel now, if any. */
  public @Nullable Source source() {
    return source;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    if (from != source) {
      return; // It was replaced while this packet was under way.
    }
    long time = packet.mediaTime();
    long hold = holdUntil;
    if (time <= hold && hold - time < OVERLAP) {
      return;
    }
    lastMediaTime = time;
    fanOut.publish(from, packet);
  }

  @Override
  public boolean isListening() {
    return fanOut.listeners() > 0;
  }

  @Override
  public void subscribe(Listener listener) {
    fanOut.subscribe(listener);
  }

  @Override
  public void unsubscribe(Listener listener) {
    fanOut.unsubscribe(listener);
  }

  /** How many hear this channel now. */
  public int listeners() {
    return fanOut.listeners();
  }

  @Override
  public String toString() {
    return name;
  }
}
