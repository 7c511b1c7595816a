package org.kakehashi.media.congestion;

/**
 * Tells whether the queue on the way to a peer grows: packets that left together are a group, and
 * the slope of the groups' delays over the last {@value #WINDOW} of them is held against a
 * threshold that adapts to what the line does by itself. A queue of less than {@value #NO_QUEUE} ms
 * is none: a busy machine makes as much of it. After draft-ietf-rmcat-gcc-02 §5.2 to §5.4, with a
 * line fitted through the delays in place of its Kalman filter. Thread: one at a time.
 */
final class DelayTrend {
  /** What the queue does. */
  enum Queue {
    DRAINS,
    STEADY,
    GROWS
  }

  static final int WINDOW = 20;

  /** Packets that leave within so long are one group: a frame, or what one turn of a loop sent. */
  private static final double GROUP_MILLIS = 5;

  /** What the delay may be above its least, in ms. */
  static final double NO_QUEUE = 25;

  /**
   * For so long the least delay counts; clocks drift apart by a hundredth of a second meanwhile.
   */
  private static final double LEAST_COUNTS_MILLIS = 10_000;

  private static final double SMOOTHING = 0.9;
  private static final int MOST_GROUPS = 60;
  private static final double GAIN = 4;
  private static final double GROWS_FOR_MILLIS = 10;
  private static final double LEAST_THRESHOLD = 6;
  private static final double MOST_THRESHOLD = 600;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double OUTLIER = 15;
  private static final double LONGEST_STEP_MILLIS = 100;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int groups;
  private double firstArrival;
  private double accumulated;
  private double smoothed;
  private double least;
  private double leastBefore;
  private double leastSince;
  private double lastSlope;
  private double threshold = 12.5;
  private double thresholdAt = Double.NaN;
  private double growingFor = -1;
  private int growing;
  private Queue queue = Queue.STEADY;

  private boolean open;
  private double firstSent;
  private double lastSent;
  private double lastArrived;
  private boolean before;
  private double sentBefore;
  private double arrivedBefore;

  /** What the queue does, as far as is known. */
  Queue queue() {
    return queue;
  }

  /** Takes a packet that arrived, in the order of sending. */
  void arrived(long sentMicros, long arrivedMicros) {
    double sent = sentMicros / 1e3;
    double arrival = arrivedMicros / 1e3;
    if (!open) {
      begin(sent, arrival);
      return;
    }
    if (sent < lastSent) {
      return; // Out of order: of a report that came late.
    }
    if (sent - firstSent <= GROUP_MILLIS) {
      lastSent = sent;
      lastArrived = Math.max(lastArrived, arrival);
      return;
    }
    if (before) {
      observe(lastSent - sentBefore, lastArrived - arrivedBefore, lastArrived);
    }
    before = true;
    sentBefore = lastSent;
    arrivedBefore = lastArrived;
    begin(sent, arrival);
  }

  private void begin(double sent, double arrival) {
    open = true;
    firstSent = sent;
    lastSent = sent;
    lastArrived = arrival;
  }

  private void observe(double sentDelta, double arrivedDelta, double arrival) {
    if (groups == 0) {
      firstArrival = arrival;
    }
    accumulated += arrivedDelta - sentDelta;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    noteLeast(arrival);
    times[groups % WINDOW] = arrival - firstArrival;
    delays[groups % WINDOW] = smoothed;
    groups++;
    double slope = groups < WINDOW ? lastSlope : slope();
    detect(slope, sentDelta, arrival);
  }

  /** The least of the last ten to twenty seconds, in two halves. */
  private void noteLeast(double arrival) {
    if (groups == 0 || arrival - leastSince > LEAST_COUNTS_MILLIS) {
      leastBefore = groups == 0 ? smoothed : least;
      least = smoothed;
      leastSince = arrival;
    }
    least = Math.min(least, smoothed);
  }

  /** Least squares. */
  private double slope() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i] / WINDOW;
      meanDelay += delays[i] / WINDOW;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < WINDOW; i++) {
      covariance += (times[i] - meanTime) * (delays[i] - meanDelay);
      variance += (times[i] - meanTime) * (times[i] - meanTime);
    }
    return variance == 0 ? lastSlope : covariance / variance;
  }

  private void detect(double slope, double sentDelta, double arrival) {
    double trend = Math.min(groups, MOST_GROUPS) * slope * GAIN;
    if (trend > threshold) {
      growingFor = growingFor < 0 ? sentDelta / 2 : growingFor + sentDelta;
      growing++;
      if (growingFor > GROWS_FOR_MILLIS && growing > 1 && slope >= lastSlope && isQueue()) {
        growingFor = 0;
        growing = 0;
        queue = Queue.GROWS;
      }
    } else {
      growingFor = -1;
      growing = 0;
      queue = trend < -threshold ? Queue.DRAINS : Queue.STEADY;
    }
    lastSlope = slope;
    adapt(Math.abs(trend), arrival);
  }

  private boolean isQueue() {
    return smoothed - Math.min(least, leastBefore) > NO_QUEUE;
  }

  private void adapt(double trend, double arrival) {
    double step = Double.isNaN(thresholdAt) ? 0 : arrival - thresholdAt;
    thresholdAt = arrival;
    if (trend > threshold + OUTLIER) {
      return; // A change of the line, not what it does by itself.
    }
    double pace = trend < threshold ? FALL : RISE;
    threshold += pace * (trend - threshold) * Math.clamp(step, 0, LONGEST_STEP_MILLIS);
    threshold = Math.clamp(threshold, LEAST_THRESHOLD, MOST_THRESHOLD);
  }
}
