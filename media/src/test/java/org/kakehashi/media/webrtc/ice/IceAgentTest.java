package org.kakehashi.media.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.client.ClientCheck;
import org.kakehashi.media.webrtc.ice.IceAgent.Outcome;
import org.kakehashi.media.webrtc.sdp.IceCredentials;

class IceAgentTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final IceCredentials OURS = new IceCredentials("ours", "p".repeat(24));

  private final IceAgent<String> agent = new IceAgent<>(OURS);

  private Outcome<String> check(String path, boolean nominate, int priority, long now) {
    return check(OURS, path, nominate, priority, now);
  }

  private Outcome<String> check(
      IceCredentials by, String path, boolean nominate, int priority, long now) {
    byte[] request =
        new ClientCheck(by.ufrag() + ":theirs", by.password(), nominate, false, priority)
            .signed(new byte[12]);
    return agent.take(StunRequest.read(request).orElseThrow(), path, now);
  }

  @Test
  void usesTheFirstPathUntilOneIsNominated() {
    assertThat(agent.selected()).isEmpty();
    check("a", false, 1, 0);
    check("b", false, 9, 0);
    assertThat(agent.selected()).contains("a");
    check("b", true, 9, 0);
    assertThat(agent.selected()).contains("b");
  }

  @Test
  void aNominationOfLowerPriorityWaitsForTheBetterPathToFallSilent() {
    check("good", true, 9, 0);
    check("poor", true, 1, SECOND / 2);
    assertThat(agent.selected()).contains("good");
    check("poor", true, 1, 2 * SECOND);
    assertThat(agent.selected()).contains("poor");
    check("good", true, 9, 2 * SECOND + 1);
    assertThat(agent.selected()).contains("good");
  }

  @Test
  void believesOnlyWhoKnowsThePassword() {
    IceCredentials guess = new IceCredentials("ours", "x".repeat(24));
    assertThat(check(guess, "a", true, 1, 0)).isInstanceOf(Outcome.NotAuthentic.class);
    assertThat(agent.paths()).isEmpty();
  }

  @Test
  void mediaStaysOnItsPathUntilOneIsNominatedAfterARestart() {
    check("before", true, 9, 0);
    IceCredentials fresh = new IceCredentials("newer", "q".repeat(24));
    assertThat(agent.restart(fresh)).isEmpty();
    assertThat(check("before", true, 9, SECOND)).isInstanceOf(Outcome.Accepted.class);
    assertThat(agent.selected()).contains("before");
    check(fresh, "after", true, 9, 3 * SECOND);
    assertThat(agent.selected()).contains("after");
    assertThat(agent.restart(new IceCredentials("third", "r".repeat(24)))).contains(OURS);
    assertThat(check("before", true, 9, 4 * SECOND)).isInstanceOf(Outcome.NotAuthentic.class);
  }

  @Test
  void keepsABoundedNumberOfPathsAndNeverForgetsTheOneInUse() {
    check("used", true, 9, 0);
    for (int i = 1; i <= 20; i++) {
      check("path" + i, false, 1, i * SECOND);
    }
    assertThat(agent.paths()).hasSize(8).contains("used", "path20");
  }

  @Test
  void anotherCheckedPathTakesThePlaceOfOneThatIsLost() {
    check("a", true, 9, 0);
    check("b", false, 1, SECOND);
    check("c", false, 1, 2 * SECOND);
    agent.forget("a");
    assertThat(agent.selected()).contains("c");
    agent.forget("b");
    agent.forget("c");
    assertThat(agent.selected()).isEmpty();
  }
}
