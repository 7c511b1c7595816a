package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AudioTickerTest {
  private final AudioTicker ticker = new AudioTicker(System::nanoTime);

  @AfterEach
  void close() {
    ticker.close();
  }

  @Test
  void deadlinesAreTwentyMillisecondsApart() throws InterruptedException {
    List<Long> deadlines = Collections.synchronizedList(new ArrayList<>());
    var ten = new CountDownLatch(10);
    long begin = System.nanoTime();
    try (var _ =
        ticker.start(
            deadline -> {
              deadlines.add(deadline);
              ten.countDown();
            })) {
      assertThat(ten.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(9 * Ticker.PERIOD_NANOS);
    for (int i = 1; i < 10; i++) {
      long apart = deadlines.get(i) - deadlines.get(i - 1);
      // Exactly, or a multiple where a busy machine made it skip.
      assertThat(apart % Ticker.PERIOD_NANOS).isZero();
      assertThat(apart).isPositive();
    }
  }

  @Test
  void oneSessionsFailureDoesNotStopTheOthers() throws InterruptedException {
    var healthy = new CountDownLatch(5);
    try (var _ =
            ticker.start(
                deadline -> {
                  throw new IllegalStateException("on purpose: a test of failures in a tick");
                });
        var _ = ticker.start(deadline -> healthy.countDown())) {
      assertThat(healthy.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ticker.failures()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void itRestsAndStartsAgain() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      var ticked = new CountDownLatch(2);
      try (var _ = ticker.start(deadline -> ticked.countDown())) {
        assertThat(ticked.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(ticker.busyNanos()).isPositive();
  }

  @Test
  void aLateTickDoesNotDelayThoseAfterIt() {
    var schedule = new TickSchedule();
    schedule.start(1_000);
    assertThat(schedule.untilDue(1_000)).isZero();
    assertThat(schedule.take(9_001_000)).isEqualTo(1_000);
    assertThat(schedule.untilDue(9_001_000)).isEqualTo(11_000_000);
    assertThat(schedule.overruns()).isZero();
  }

  @Test
  void missedTicksAreMadeUpForUpToAHundredMilliseconds() {
    var schedule = new TickSchedule();
    schedule.start(0);
    long now = 3 * Ticker.PERIOD_NANOS;
    for (int i = 0; i <= 3; i++) {
      assertThat(schedule.untilDue(now)).isLessThanOrEqualTo(0);
      assertThat(schedule.take(now)).isEqualTo(i * Ticker.PERIOD_NANOS);
    }
    assertThat(schedule.untilDue(now)).isEqualTo(Ticker.PERIOD_NANOS);
    assertThat(schedule.overruns()).isEqualTo(3);
    assertThat(schedule.skipped()).isZero();
  }

  @Test
  void aLongStallIsSkipped() {
    var schedule = new TickSchedule();
    schedule.start(0);
    long now = 100 * Ticker.PERIOD_NANOS + 5;
    assertThat(schedule.take(now)).isEqualTo(100 * Ticker.PERIOD_NANOS);
    assertThat(schedule.skipped()).isEqualTo(100);
    assertThat(schedule.untilDue(now)).isEqualTo(Ticker.PERIOD_NANOS - 5);
  }
}
