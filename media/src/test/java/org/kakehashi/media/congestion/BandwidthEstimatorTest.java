package org.kakehashi.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthEstimatorTest {
  private static final long MOST = 5_000_000;

  @Test
  void aGoodLineIsNotMadeToWait() {
    Line line = new Line(50_000_000, MOST);
    line.run(10_000, () -> 2_000_000);
    assertThat(line.estimator.bitsPerSecond()).isEqualTo(MOST);
    assertThat(line.estimator.isLimited()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {150_000, 300_000, 600_000, 1_000_000, 2_000_000})
  void findsOutHowWideALineIs(long width) {
    Line line = new Line(width, MOST);
    line.run(3_000, () -> Math.min(2_500_000, line.estimator.bitsPerSecond()));
    line.run(20_000, () -> Math.min(2_500_000, line.estimator.bitsPerSecond()));
    assertThat(line.estimator.bitsPerSecond()).isBetween(width / 2, width * 13 / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {300_000, 600_000, 1_000_000})
  void loosesLittleOnceItKnows(long width) {
    Line line = new Line(width, MOST);
    line.run(5_000, () -> Math.min(1_500_000, line.estimator.bitsPerSecond()));
    long before = line.dropped;
    long sentBefore = line.sent.count();
    line.run(30_000, () -> line.estimator.bitsPerSecond() * 9 / 10);
    assertThat(line.dropped - before).isLessThan((line.sent.count() - sentBefore) / 50);
  }

  @Test
  void reactsWithinASecondToALineThatBecomesNarrow() {
    Line line = new Line(10_000_000, MOST);
    line.run(10_000, () -> 1_500_000);
    line.bitsPerSecond = 500_000;
    line.run(1_200, () -> 1_500_000);
    assertThat(line.estimator.isLimited()).isTrue();
    assertThat(line.estimator.bitsPerSecond()).isLessThan(700_000);
  }

  @Test
  void risesWithWhatIsProvenToComeThrough() {
    Line line = new Line(500_000, MOST);
    line.run(5_000, () -> Math.min(1_500_000, line.estimator.bitsPerSecond()));
    line.bitsPerSecond = 5_000_000;
    long known = line.estimator.bitsPerSecond();
    line.run(3_000, () -> known * 3 / 2);
    assertThat(line.estimator.bitsPerSecond()).isGreaterThan(known * 13 / 10);
  }

  @Test
  void littleSentIsNoReasonToThinkLessOfALine() {
    Line line = new Line(1_000_000, MOST);
    line.run(5_000, () -> Math.min(1_500_000, line.estimator.bitsPerSecond()));
    long known = line.estimator.bitsPerSecond();
    line.run(20_000, () -> 60_000);
    assertThat(line.estimator.bitsPerSecond()).isGreaterThanOrEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.02, 0.05})
  void aLittleLossAloneIsNoCongestion(double loss) {
    Line line = new Line(50_000_000, MOST);
    line.loss = loss;
    line.run(30_000, () -> 1_500_000);
    assertThat(line.estimator.bitsPerSecond()).isGreaterThan(1_300_000);
  }

  @Test
  void muchLossIs() {
    Line line = new Line(50_000_000, MOST);
    line.loss = 0.25;
    line.run(10_000, () -> Math.min(1_500_000, line.estimator.bitsPerSecond()));
    assertThat(line.estimator.bitsPerSecond()).isLessThan(1_000_000);
  }

  @Test
  void packetsThatComeUnevenlyAreNoQueue() {
    Line line = new Line(50_000_000, MOST);
    line.jitterNanos = 15_000_000;
    line.run(30_000, () -> 1_500_000);
    assertThat(line.estimator.bitsPerSecond()).isGreaterThan(1_500_000);
  }

  @Test
  void neverGoesBelowAVoice() {
    Line line = new Line(20_000, MOST);
    line.run(20_000, () -> line.estimator.bitsPerSecond());
    assertThat(line.estimator.bitsPerSecond()).isGreaterThanOrEqualTo(BandwidthEstimator.LEAST);
  }
}
