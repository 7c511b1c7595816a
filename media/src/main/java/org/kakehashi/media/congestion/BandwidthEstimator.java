package org.kakehashi.media.congestion;

import java.util.concurrent.TimeUnit;
import org.kakehashi.media.congestion.DelayTrend.Queue;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;

/**
 * How many bits a second the way to a peer takes, from its transport-wide feedback: less when a
 * queue grows or much is lost, more while neither is so. After draft-ietf-rmcat-gcc-02 §5.5 and §6.
 *
 * <p>It begins with the most, and knows better at the first sign of congestion: a good line is not
 * made to wait. It never falls because little was sent, and rises only a little above what did come
 * through: what nobody tried nobody knows.
 *
 * <p>Thread: the peer's media loop.
 */
public final class BandwidthEstimator {
  /** What is never gone below, in bit/s: a voice and its headers. */
  public static final long LEAST = 50_000;

  private static final double BACK_OFF = 0.85;
  private static final double RISE_PER_SECOND = 0.08;
  private static final double BEYOND_THROUGHPUT = 1.5;
  private static final double PROVEN = 0.95;
  private static final double TOLERABLE_LOSS = 0.02;
  private static final double TOO_MUCH_LOSS = 0.10;
  private static final long BACK_OFF_EVERY = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  private final long most;
  private final DelayTrend trend = new DelayTrend();
  private final Throughput throughput = new Throughput();
  private final LossRate loss = new LossRate();
  private final SentPackets.Fates fates =
      new SentPackets.Fates() {
        @Override
        public void arrived(long sentMicros, long arrivedMicros, int bytes) {
          trend.arrived(sentMicros, arrivedMicros);
          throughput.arrived(arrivedMicros, bytes);
          loss.arrived();
        }

        @Override
        public void missing() {
          loss.missing();
        }
      };

  private double estimate;
  private boolean started;
  private long updatedAt;
  private long backedOffAt;
  private boolean congested;

  /**
   * @param most what is never gone above, in bit/s, and begun with
   */
  public BandwidthEstimator(long most) {
    this.most = most;
    this.estimate = most;
  }

  /** Takes the peer's feedback on packets of {@code sent}. */
  public void feedback(TransportFeedback feedback, SentPackets sent, long nowNanos) {
    sent.feedback(feedback, fates);
    if (!started) {
      started = true;
      updatedAt = nowNanos;
      backedOffAt = nowNanos - BACK_OFF_EVERY;
    }
    boolean lossCounted = loss.count(nowNanos);
    boolean mayBackOff = nowNanos - backedOffAt >= BACK_OFF_EVERY;
    boolean queueGrows = trend.queue() == Queue.GROWS;
    boolean losing = loss.share() > TOO_MUCH_LOSS;
    congested = queueGrows || losing;
    if (queueGrows && mayBackOff && throughput.isKnown()) {
      backOff(Math.min(estimate, BACK_OFF * throughput.bitsPerSecond()), nowNanos);
    } else if (losing && lossCounted) {
      // From what was sent, and not from what was hoped for.
      double was =
          throughput.isKnown() ? throughput.bitsPerSecond() / (1 - loss.share()) : estimate;
      backOff(Math.min(estimate, was) * (1 - 0.5 * loss.share()), nowNanos);
    } else if (!congested && trend.queue() == Queue.STEADY && loss.share() < TOLERABLE_LOSS) {
      rise(nowNanos);
    }
    updatedAt = nowNanos;
  }

  private void backOff(double to, long nowNanos) {
    estimate = Math.clamp(to, LEAST, most);
    backedOffAt = nowNanos;
  }

  private void rise(long nowNanos) {
    if (!throughput.isKnown()) {
      return;
    }
    long through = throughput.bitsPerSecond();
    double seconds = Math.min(nowNanos - updatedAt, LONGEST_STEP) / 1e9;
    double limit = Math.max(estimate, BEYOND_THROUGHPUT * through + 10_000);
    double risen = Math.min(estimate * (1 + RISE_PER_SECOND * seconds), limit);
    // What came through without a queue has proven itself.
    boolean settled = nowNanos - backedOffAt > 2 * BACK_OFF_EVERY;
    estimate = Math.min(most, settled ? Math.max(risen, PROVEN * through) : risen);
  }

  /** The estimate in bit/s. */
  public long bitsPerSecond() {
    return (long) estimate;
  }

  /** Whether the last feedback told of a growing queue or of heavy loss. */
  public boolean isCongested() {
    return congested;
  }

  /** When it last went down, by the clock passed in; whether it ever did is {@link #isLimited}. */
  public long backedOffAt() {
    return backedOffAt;
  }

  /** Whether less than the most is known to be taken. */
  public boolean isLimited() {
    return estimate < most;
  }
}
