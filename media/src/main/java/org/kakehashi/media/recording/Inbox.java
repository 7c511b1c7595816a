package org.kakehashi.media.recording;

import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The recorder's end of the channels' fan-out: packets wait here, a bounded number of them, until
 * the recorder comes by. An executor because that is what a listener lives on; it wakes nobody.
 *
 * <p>Thread: {@link #execute} any; {@link #drain} the recorder's.
 */
final class Inbox extends AbstractEventExecutor {
  private final BlockingQueue<Runnable> tasks;
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param capacity how many tasks may wait; more are refused and counted
   */
  Inbox(int capacity) {
    tasks = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public void execute(Runnable task) {
    if (closed || !tasks.offer(task)) {
      refused.incrementAndGet();
      throw new RejectedExecutionException("The recorder does not keep up");
    }
  }

  /** Runs what waits. */
  void drain() {
    int count = tasks.size(); // What comes meanwhile is for the next time.
    for (int i = 0; i < count; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      task.run();
    }
  }

  /** How many packets were refused. */
  long refused() {
    return refused.get();
  }

  /** Refuses everything from now on, and lets go of what waits. */
  @Override
  public void close() {
    closed = true;
    drain();
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return false; // Always by the queue: order is kept, and no sink runs on a media loop.
  }

  @Override
  public boolean isShuttingDown() {
    return closed;
  }

  @Override
  public boolean isShutdown() {
    return closed;
  }

  @Override
  public boolean isTerminated() {
    return closed;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return closed;
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    closed = true;
    return terminationFuture();
  }

  @Override
  public Future<?> terminationFuture() {
    return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
  }

  @Override
  @Deprecated
  public void shutdown() {
    closed = true;
  }
}
