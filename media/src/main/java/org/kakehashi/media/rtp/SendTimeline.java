package org.kakehashi.media.rtp;

import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;

/**
 * Keeps the timestamps of one outgoing track moving forward, and sound that follows on without
 * seams. Timestamps are unwrapped, in units of the codec's clock. Thread: the listener's media
 * loop.
 */
final class SendTimeline {
  private static final int DEFAULT_OPUS_SAMPLES = 960;

  private Codec codec = Codec.OPUS;
  private long lastTimestamp;
  private long lastDuration;
  private long lastMediaTime;
  private boolean started;

  /** The codec of the packets from now on. */
  void codec(Codec next) {
    codec = next;
  }

  /** The timestamp of {@code ticks} (session clock) in {@code run}. */
  long at(long ticks, SendHistory.Run run) {
    int rate = codec.clockRate();
    return Math.floorDiv(ticks, (long) MediaClock.RATE) * rate
        + Math.floorMod(ticks, (long) MediaClock.RATE) * rate / MediaClock.RATE
        + run.timestampOffset();
  }

  long tenMilliseconds() {
    return codec.clockRate() / 100;
  }

  /**
   * The timestamp of a packet newer than all before.
   *
   * @param plain its timestamp if nothing stood against it
   * @param steps by how many its sequence number is higher than the highest before
   * @param sameRun whether the packet before was of the same source
   */
  long next(long plain, MediaPacket packet, long steps, boolean sameRun) {
    long timestamp = plain;
    if (started) {
      timestamp = codec.isAudio() ? sound(plain, steps) : picture(plain, packet, sameRun);
    }
    if (codec.isAudio()) {
      int samples = OpusToc.samples(packet.payload());
      lastDuration = samples > 0 ? samples : DEFAULT_OPUS_SAMPLES;
    }
    started = true;
    lastTimestamp = timestamp;
    lastMediaTime = packet.mediaTime();
    return timestamp;
  }

  /** The timestamp of the newest packet; {@code otherwise} before the first. */
  long last(long otherwise) {
    return started ? lastTimestamp : otherwise;
  }

  private long sound(long plain, long steps) {
    long expected = lastTimestamp + lastDuration * steps;
    if (Math.abs(plain - expected) <= tenMilliseconds()) {
      return expected; // Follows on: steps of the sender's clock are no gaps to conceal.
    }
    return Math.max(plain, lastTimestamp + lastDuration);
  }

  private long picture(long plain, MediaPacket packet, boolean sameRun) {
    if (sameRun && packet.mediaTime() == lastMediaTime) {
      return lastTimestamp; // The same frame.
    }
    return plain > lastTimestamp ? plain : lastTimestamp + tenMilliseconds();
  }
}
