package org.kakehashi.media.rtp;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;

/**
 * Places a sender's RTP timestamps on the session's clock.
 *
 * <p>Media time is the scaled timestamp plus an offset. The offset aims at the least of (arrival −
 * timestamp) of the last ten seconds: the packet that waited least in the network tells best when
 * it was made. A sender's clock that runs fast or slow is followed in steps of at most {@value
 * #MAX_STEP_MS} ms, no more than one a second and none below {@value #DEADBAND_MS} ms. A picture's
 * clock {@linkplain #alignTo aligned} to the same sender's sound aims at what both sender reports
 * say instead, so that lips and voice agree (RFC 3550 §6.4.1).
 *
 * <p>A step never falls inside a video frame: it counts from a timestamp on. Thread: the stream's
 * media loop, the same for both clocks of one sender.
 */
public final class SourceClock {
  static final int DEADBAND_MS = 5;
  static final int MAX_STEP_MS = 10;

  private static final long MS = MediaClock.RATE / 1000;
  private static final long BUCKET = MediaClock.RATE; // One second.
  private static final int BUCKETS = 10;

  /** What a packet of sound lasts. */
  private static final long SOUND_PACKET = 20 * MS;

  private static final long UNKNOWN = Long.MAX_VALUE;

  /** Until this long after the first packet, whatever shows a smaller delay is believed at once. */
  private static final long SETTLING = MediaClock.ticksIn(Duration.ofSeconds(1));

  /** Wrong by more than this: no drift, so the way back is one step instead of many. */
  private static final long LARGE_STEP = 200 * MS;

  /** A timestamp this far in the future cannot be: the sender's clock jumped. */
  private static final long IMPOSSIBLE = MediaClock.ticksIn(Duration.ofSeconds(1));

  /** Reports that place the picture farther than this from its arrival are not believed. */
  private static final long PLAUSIBLE_SKEW = MediaClock.ticksIn(Duration.ofSeconds(2));

  private final int rate;
  private final long allowance;
  private final long[] least = new long[BUCKETS];
  private int bucket;
  private long bucketStart;
  private long settledAt;
  private boolean started;

  private long offset;
  private long previousOffset;
  private long stepTimestamp = Long.MIN_VALUE;
  private long highestTimestamp = Long.MIN_VALUE;

  private @Nullable NtpTime reportNtp;
  private long reportTimestamp;
  private @Nullable SourceClock leader;

  /**
   * A clock that goes by arrival.
   *
   * @param rate the RTP clock of the stream in Hz
   */
  public SourceClock(int rate) {
    this(rate, 0);
  }

  private SourceClock(int rate, long allowance) {
    this.rate = rate;
    this.allowance = allowance;
    Arrays.fill(least, UNKNOWN);
  }

  /**
   * A picture's clock, which goes by arrival plus 20 ms. A packet of sound leaves when the last of
   * its 20 ms was taken and bears the time of the first, a picture leaves as soon as it was taken:
   * so both stand alike before reports align them, and where a camera has no microphone beside it.
   *
   * @param rate the RTP clock of the stream in Hz
   */
  public static SourceClock ofPicture(int rate) {
    return new SourceClock(rate, SOUND_PACKET);
  }

  /**
   * Makes this clock (a picture's) follow {@code sound}, the clock of the same sender's sound, once
   * both have had a sender report. Until then, and where the reports make no sense, it goes by
   * arrival.
   */
  public void alignTo(SourceClock sound) {
    leader = sound == this ? null : sound;
  }

  /**
   * Takes note of an arrival and tells the packet's media time.
   *
   * @param timestamp RTP timestamp, unwrapped
   * @param arrival session ticks
   * @return session ticks, equal for equal timestamps
   */
  public long observe(long timestamp, long arrival) {
    long delay = arrival + allowance - scale(timestamp);
    if (!started) {
      started = true;
      restart(timestamp, arrival, delay);
    } else if (delay < offset - IMPOSSIBLE || timestamp < highestTimestamp - rate) {
      restart(timestamp, arrival, delay); // The sender's timestamps jumped, forward or back.
    } else {
      if (arrival - bucketStart >= BUCKET) {
        closeBucket(timestamp, arrival);
      }
      least[bucket] = Math.min(least[bucket], delay);
      if (arrival < settledAt && delay < offset - DEADBAND_MS * MS && !isAligned()) {
        step(timestamp, delay);
      }
    }
    highestTimestamp = Math.max(highestTimestamp, timestamp);
    return mediaTime(timestamp);
  }

  /** The media time of {@code timestamp} (unwrapped) without taking note of an arrival. */
  public long mediaTime(long timestamp) {
    return scale(timestamp) + (timestamp >= stepTimestamp ? offset : previousOffset);
  }

  /**
   * Takes a sender report's pair of times.
   *
   * @param timestamp RTP timestamp, unwrapped by the stream's own unwrapper
   */
  public void report(NtpTime ntp, long timestamp) {
    if (ntp.bits() == 0) {
      return; // RFC 3550 §6.4.1: the sender has no wall clock.
    }
    boolean first = reportNtp == null;
    reportNtp = ntp;
    reportTimestamp = timestamp;
    if (first && started) {
      align(highestTimestamp);
    }
  }

  private void restart(long timestamp, long arrival, long delay) {
    Arrays.fill(least, UNKNOWN);
    least[bucket] = delay;
    bucketStart = arrival;
    settledAt = arrival + SETTLING;
    previousOffset = offset;
    offset = delay;
    stepTimestamp = timestamp;
    highestTimestamp = timestamp;
    reportNtp = null;
  }

  private void closeBucket(long timestamp, long arrival) {
    long latest = least[bucket];
    bucket = (bucket + 1) % BUCKETS;
    least[bucket] = UNKNOWN;
    bucketStart = arrival;
    if (latest != UNKNOWN && latest > offset + IMPOSSIBLE && !isAligned()) {
      restart(timestamp, arrival, latest); // For a whole second nothing came near its time.
    } else if (!align(timestamp)) {
      follow(timestamp, leastDelay());
    }
  }

  /** Aims at what the sender reports say; false where they say nothing. */
  private boolean align(long timestamp) {
    long target = alignedOffset();
    if (target == UNKNOWN) {
      return false;
    }
    if (Math.abs(target - offset) > DEADBAND_MS * MS) {
      step(timestamp, target);
    }
    return true;
  }

  private void follow(long timestamp, long target) {
    if (target == UNKNOWN) {
      return;
    }
    long difference = target - offset;
    if (Math.abs(difference) > LARGE_STEP) {
      step(timestamp, target);
    } else if (Math.abs(difference) > DEADBAND_MS * MS) {
      step(timestamp, offset + Math.clamp(difference, -MAX_STEP_MS * MS, MAX_STEP_MS * MS));
    }
  }

  private void step(long timestamp, long target) {
    // A frame that has begun keeps its time.
    long from = Math.max(timestamp, highestTimestamp + 1);
    if (from > stepTimestamp) { // Else the step before has not begun yet, and is replaced.
      previousOffset = offset;
      stepTimestamp = from;
    }
    offset = target;
  }

  private boolean isAligned() {
    return alignedOffset() != UNKNOWN;
  }

  private long alignedOffset() {
    SourceClock sound = leader;
    NtpTime mine = reportNtp;
    if (sound == null || mine == null || !sound.started || sound.reportNtp == null) {
      return UNKNOWN;
    }
    long reportedAt =
        sound.scale(sound.reportTimestamp)
            + sound.offset
            + mine.since(sound.reportNtp, MediaClock.RATE);
    long target = reportedAt - scale(reportTimestamp);
    long arrivals = leastDelay();
    return arrivals != UNKNOWN && Math.abs(target - arrivals) > PLAUSIBLE_SKEW ? UNKNOWN : target;
  }

  private long leastDelay() {
    long minimum = UNKNOWN;
    for (long delay : least) {
      minimum = Math.min(minimum, delay);
    }
    return minimum;
  }

  private long scale(long timestamp) {
    // Split so that the product cannot overflow.
    return Math.floorDiv(timestamp, (long) rate) * MediaClock.RATE
        + Math.floorMod(timestamp, (long) rate) * MediaClock.RATE / rate;
  }
}
