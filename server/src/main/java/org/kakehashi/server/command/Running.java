package org.kakehashi.server.command;

import java.util.concurrent.CountDownLatch;
import org.kakehashi.server.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server running until the process is told to stop (SIGTERM, Ctrl-C). */
final class Running {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  private Running() {}

  /** Returns never by itself: the process ends once the node has been closed in order. */
  static void untilStopped(Node node) {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      LOG.info("Stopping: everybody is told to reconnect");
                      node.close();
                      LOG.info("Stopped");
                      never.countDown();
                    }));
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      node.close();
    }
  }
}
