package org.kakehashi.server.bench;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Reads what Netty's leak detector reports. That is found out only after a collection and a new
 * allocation: so one buffer is lost on purpose, last, and once it has been reported everything lost
 * before has been as well.
 */
final class LeakWatch implements AutoCloseable {
  private static final String BAIT = "lost on purpose";

  private final Logger detector =
      (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class.getName());
  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

  /** Watches from now on, in place of the log. */
  LeakWatch() {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new IllegalStateException("Run with -Dio.netty.leakDetection.level=paranoid");
    }
    detector.setAdditive(false);
    detector.addAppender(reports);
    reports.start();
  }

  /** Every report of a buffer that nobody released. */
  List<String> leaks() {
    lose();
    Wait.until("the detector reports what was lost on purpose", LeakWatch.this::baitReported);
    return messages().stream().filter(report -> !report.contains(BAIT)).toList();
  }

  private static void lose() {
    ByteBuf unused = ByteBufAllocator.DEFAULT.directBuffer(32).touch(BAIT);
  }

  private boolean baitReported() {
    System.gc();
    ByteBufAllocator.DEFAULT.directBuffer(32).release();
    return messages().stream().anyMatch(report -> report.contains(BAIT));
  }

  private List<String> messages() {
    return List.copyOf(reports.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    detector.detachAppender(reports);
    detector.setAdditive(true);
  }
}
