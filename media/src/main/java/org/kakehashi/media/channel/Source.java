package org.kakehashi.media.channel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream of packets: a microphone, a camera, a file, a mix. A source never knows who listens.
 *
 * <p>Threads: {@link #publish} is called by one thread at a time (the source's own); sinks are
 * attached and detached from any thread and see whole packets only.
 */
public final class Source {
  private static final Sink[] NONE = {};

  private final String id;
  private final Codec codec;
  private final MediaClock clock;
  private final Runnable keyFrameRequest;
  private final @Nullable BitRate bitRate;
  private final Source stem;
  private volatile List<Source> layers = List.of(this);
  private volatile int pixels;
  private volatile Sink[] sinks = NONE;
  private volatile long lastPacketTicks = Long.MIN_VALUE;
  private volatile int level = MediaPacket.NO_LEVEL;
  private volatile long packets;

  /**
   * A sound source, or a picture whose sender cannot be asked for a key frame.
   *
   * @param id unique in the session, stable for the source's life
   */
  public Source(String id, Codec codec, MediaClock clock) {
    this(id, codec, clock, () -> {});
  }

  /**
   * A source whose sender can be asked for a key frame.
   *
   * @param keyFrameRequest asks the sender; must not block, limits its own rate, any thread
   */
  public Source(String id, Codec codec, MediaClock clock, Runnable keyFrameRequest) {
    this(id, codec, clock, keyFrameRequest, null);
  }

  private Source(
      String id, Codec codec, MediaClock clock, Runnable keyFrameRequest, @Nullable Source stem) {
    this.id = id;
    this.stem = stem == null ? this : stem;
    this.codec = codec;
    this.clock = clock;
    this.keyFrameRequest = keyFrameRequest;
    this.bitRate = codec.isAudio() ? null : new BitRate();
  }

  /**
   * A source of the same content at the same media time, but in other packets: who changes between
   * the two notices nothing.
   *
   * @param otherId unique in the session
   */
  public Source repacked(String otherId) {
    return new Source(otherId, codec, clock, keyFrameRequest, stem);
  }

  /** Whether both are the same content at the same media time. */
  public boolean isSameContent(Source other) {
    return stem == other.stem;
  }

  /** Unique in the session. */
  public String id() {
    return id;
  }

  /** How to read this source's payloads. */
  public Codec codec() {
    return codec;
  }

  /** The session's clock, on which this source's packets stand. */
  public MediaClock clock() {
    return clock;
  }

  /**
   * Hands a packet to every sink, then releases it. Thread: the source's own.
   *
   * @param packet owned by this method from now on
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; others only read the counter
  public void publish(MediaPacket packet) {
    try {
      long now = clock.now();
      lastPacketTicks = now;
      level = packet.level();
      packets++;
      if (bitRate != null) {
        bitRate.add(packet.payload().readableBytes(), now);
      }
      for (Sink sink : sinks) {
        sink.accept(this, packet);
      }
    } finally {
      packet.release();
    }
  }

  /** Adds a sink; one that is attached already stays attached once. */
  public synchronized void attach(Sink sink) {
    for (Sink present : sinks) {
      if (present == sink) {
        return;
      }
    }
    Sink[] next = Arrays.copyOf(sinks, sinks.length + 1);
    next[sinks.length] = Objects.requireNonNull(sink);
    sinks = next;
  }

  /** Removes a sink; a packet under way may still reach it once. */
  public synchronized void detach(Sink sink) {
    sinks = Arrays.stream(sinks).filter(present -> present != sink).toArray(Sink[]::new);
  }

  /** Whether any sink is attached. */
  public boolean isAttached() {
    return sinks.length > 0;
  }

  /** Whether any sink {@linkplain Sink#isListening listens}: else its packets need not be made. */
  public boolean isHeard() {
    for (Sink sink : sinks) {
      if (sink.isListening()) {
        return true;
      }
    }
    return false;
  }

  /** Asks the sender for a key frame; nothing happens where that cannot be. */
  public void requestKeyFrame() {
    keyFrameRequest.run();
  }

  /** When the last packet came, in session ticks; {@code Long.MIN_VALUE} before the first. */
  public long lastPacketTicks() {
    return lastPacketTicks;
  }

  /** The last packet's level in dBov, or {@link MediaPacket#NO_LEVEL}. */
  public int level() {
    return level;
  }

  /** How many packets were published. */
  public long packets() {
    return packets;
  }

  /**
   * Tells sources that they are layers: the same picture, sent in several sizes at once (simulcast,
   * RFC 8853). To be called once, before any of them publishes.
   *
   * @param layers of one camera or screen, all published on one thread
   */
  public static void areLayers(List<Source> layers) {
    List<Source> same = List.copyOf(layers);
    same.forEach(source -> source.layers = same);
  }

  /** The layers of this picture, itself among them, in no order; itself alone if it has none. */
  public List<Source> layers() {
    return layers;
  }

  /** Notes how large the picture is now. Thread: the source's own. */
  public void resized(int nowPixels) {
    pixels = nowPixels;
  }

  /** How large the picture is, in pixels; 0 if that is not known. */
  public int pixels() {
    return pixels;
  }

  /** How much picture came of late, in bit/s of payload; 0 for sound, which is not counted. */
  public long bitsPerSecond() {
    return bitRate == null ? 0 : bitRate.bitsPerSecond(clock.now());
  }

  @Override
  public String toString() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
