package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.kakehashi.media.recording.Track;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Lets requests wait for what the recorder is about to write, not too many and not for ever.
 * Thread: the request's, a virtual one, which waits.
 */
final class HlsWaiting {
  private static final int TARGET_DURATIONS = 3;

  private final int most;
  private final AtomicInteger waiting;

  /**
   * @param most how many may wait at once
   * @param waiting how many do; for the metrics
   */
  HlsWaiting(int most, AtomicInteger waiting) {
    this.most = most;
    this.waiting = waiting;
  }

  /**
   * Waits for a part, or with −1 for a whole segment; at most three target durations (RFC 8216bis,
   * section 6.2.5.2).
   *
   * @throws ProblemException 503 if it does not come, or too many wait
   */
  void until(RoutingContext context, Track track, long segment, int part) {
    if (track.isAvailable(segment, part)) {
      return;
    }
    try {
      if (waiting.incrementAndGet() > most) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "2");
        throw ProblemType.AT_CAPACITY
            .because("Too many players wait here: come back in 2 s.")
            .asException();
      }
      Duration longest = Duration.ofSeconds((long) TARGET_DURATIONS * track.targetSeconds());
      track
          .whenAvailable(segment, part)
          .toCompletableFuture()
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw nothingYet(context, "It did not come in time: nothing may be recorded now.");
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ProblemType.UNAVAILABLE.because("The server is stopping.").asException();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Not there yet; to be asked again in a second. */
  static ProblemException nothingYet(RoutingContext context, String detail) {
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    return ProblemType.NOTHING_YET.because(detail).asException();
  }
}
