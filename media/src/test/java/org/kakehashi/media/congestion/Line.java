package org.kakehashi.media.congestion;

import java.util.Random;
import org.kakehashi.media.rtp.TransportFeedbackBuilder;

/**
 * A line of a certain width with a queue before it, in simulated time: frames go in at the rate the
 * test asks for, feedback comes out as a browser gives it.
 */
final class Line {
  private static final long MS = 1_000_000;
  private static final long FRAME = 40 * MS;
  private static final long FEEDBACK = 100 * MS;
  private static final int PACKET = 1_100;

  final SentPackets sent = new SentPackets();
  final BandwidthEstimator estimator;
  private final TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
  private final Random random = new Random(5);
  long bitsPerSecond;
  double loss;
  long jitterNanos;
  long queueNanos = 400 * MS;
  long dropped;
  private long now = 1_000 * MS;
  private long freeAt;
  private double owed;

  Line(long bitsPerSecond, long most) {
    this.bitsPerSecond = bitsPerSecond;
    this.estimator = new BandwidthEstimator(most);
  }

  long now() {
    return now;
  }

  /** Sends at a rate, in bit/s, that may follow the estimate; for so long. */
  void run(long millis, java.util.function.LongSupplier rate) {
    long end = now + millis * MS;
    long nextFrame = now;
    long nextFeedback = now + FEEDBACK;
    while (now < end) {
      if (now >= nextFrame) {
        nextFrame += FRAME;
        owed += rate.getAsLong() / 8.0 * FRAME / 1e9;
        while (owed >= PACKET) {
          owed -= PACKET;
          send(PACKET);
        }
      }
      if (now >= nextFeedback) {
        nextFeedback += FEEDBACK;
        var report = builder.build();
        while (report.isPresent()) {
          estimator.feedback(report.get(), sent, now);
          report = builder.build();
        }
      }
      now += MS;
    }
  }

  private void send(int bytes) {
    int number = sent.next();
    sent.sent(bytes, now);
    long begins = Math.max(now, freeAt);
    if (begins - now > queueNanos || random.nextDouble() < loss) {
      dropped++;
      return;
    }
    freeAt = begins + bytes * 8L * 1_000_000_000L / bitsPerSecond;
    long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
    builder.received(number, freeAt + 20 * MS + jitter);
  }
}
