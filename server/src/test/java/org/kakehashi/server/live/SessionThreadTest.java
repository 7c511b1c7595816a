package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

@Timeout(30)
class SessionThreadTest {
  private final SessionThread thread = new SessionThread("test");

  @Test
  void whoWaitsForATurnWhenTheSessionIsClosedIsToldSo() {
    CompletableFuture<String> end = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> running =
        elsewhere(
            new CompletableFuture<>(),
            () -> {
              begun.countDown();
              return end.join();
            });
    await(begun);
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    CompletableFuture<String> queued = elsewhere(caller, () -> "never");
    while (caller.join().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    thread.close();

    assertThatThrownBy(queued::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
    end.complete("at its end");
    assertThat(running.join()).isEqualTo("at its end");
  }

  @Test
  void nobodyWaitsForEverHoweverACallAndTheCloseMeet() {
    for (int round = 0; round < 200; round++) {
      SessionThread met = new SessionThread("met");
      List<CompletableFuture<Integer>> calls = new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      for (int i = 0; i < 4; i++) {
        int mine = i;
        calls.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(start);
                  return met.call(() -> mine);
                },
                VIRTUAL));
      }
      start.countDown();
      met.close();
      for (int i = 0; i < 4; i++) {
        int mine = i;
        assertThat(calls.get(i).exceptionally(closed -> mine).join()).isEqualTo(mine);
      }
    }
  }

  @Test
  void aCallAfterTheCloseIsRefused() {
    thread.close();
    assertThatThrownBy(() -> thread.call(() -> true)).isInstanceOf(ProblemException.class);
  }

  @Test
  void whatIsDoneAgainAndAgainGoesOnAfterAFault() {
    CountDownLatch turns = new CountDownLatch(3);
    thread.every(
        Duration.ofMillis(1),
        () -> {
          turns.countDown();
          throw new IllegalStateException("a fault");
        });
    await(turns);
    thread.close();
  }

  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  private CompletableFuture<String> elsewhere(
      CompletableFuture<Thread> caller, java.util.function.Supplier<String> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          caller.complete(Thread.currentThread());
          return thread.call(task);
        },
        VIRTUAL);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
