package org.kakehashi.server.people;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.kakehashi.server.problem.ProblemException;

/** Whatever is sent as a token: never a person who was not let in, never another exception. */
class TokensFuzzTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Tokens TOKENS =
      new Tokens(
          VERTX,
          SigningKey.configured(Base64.getEncoder().encodeToString(new byte[32])),
          () -> Instant.parse("2026-11-22T10:00:00Z"));

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  @FuzzTest
  void tokens(FuzzedDataProvider data) {
    try {
      Person person = TOKENS.verify(data.consumeRemainingAsString());
      throw new AssertionError("forged: " + person);
    } catch (ProblemException refused) {
      // The only outcome.
    }
  }
}
