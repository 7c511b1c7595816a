package org.kakehashi.server.live;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a session, a virtual one: all that changes the session runs here, one thing
 * after the other, so nothing of it needs a lock. Whoever asks over HTTP or a socket waits for
 * their turn; media loops leave a task and go on. It waits without a clock of its own: a timed wait
 * takes another thread to begin and to end, for each of a crowd that comes in.
 *
 * <p>The queue is bounded by who may fill it: each socket and each HTTP request has one task at
 * most in it, each peer two (connected, closed).
 */
final class SessionThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SessionThread.class);

  private final ExecutorService executor;

  /** Turns that somebody waits for and that have not begun. Whoever takes one out answers it. */
  private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Thread thread;

  /**
   * @param name for thread dumps
   */
  SessionThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread created = Thread.ofVirtual().name("session-" + name).unstarted(task);
              thread = created;
              return created;
            });
  }

  /** Leaves a task and returns at once; nothing happens once the session is closed. */
  void execute(Runnable task) {
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      log.trace("A task came after the session was closed");
    }
  }

  /**
   * Runs {@code task} in its turn and waits for it; its exceptions are the caller's. On the
   * session's own thread it runs at once.
   *
   * @throws org.kakehashi.server.problem.ProblemException {@link ProblemType#UNAVAILABLE} if the
   *     session is closed before its turn has come
   */
  <T> T call(Supplier<T> task) {
    if (Thread.currentThread() == thread) {
      return task.get();
    }
    CompletableFuture<T> turn = new CompletableFuture<>();
    waiting.add(turn); // Before it is queued, so that close() misses none that is.
    try {
      executor.execute(
          () -> {
            if (!waiting.remove(turn)) {
              return;
            }
            try {
              turn.complete(task.get());
            } catch (RuntimeException | Error failure) {
              turn.completeExceptionally(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      waiting.remove(turn);
      throw beingClosed();
    }
    try {
      return turn.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Runs {@code task} again and again, with {@code period} between the end and the next start. */
  void every(Duration period, Runnable task) {
    Executor later =
        CompletableFuture.delayedExecutor(period.toNanos(), TimeUnit.NANOSECONDS, this::execute);
    later.execute(
        () -> {
          try {
            run(task);
          } finally {
            every(period, task);
          }
        });
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      log.error("A fault of ours in a session", fault);
    }
  }

  private static ProblemException beingClosed() {
    return ProblemType.UNAVAILABLE.because("The session is being closed.").asException();
  }

  /** Lets the task that runs now end, and drops the others: who waits for one is told so. */
  @Override
  public void close() {
    executor.shutdownNow();
    for (CompletableFuture<?> turn : waiting) {
      if (waiting.remove(turn)) {
        turn.completeExceptionally(beingClosed());
      }
    }
  }
}
