package org.kakehashi.server.http;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.problem.ProblemException;

/** Whatever is sent as the body of a PUT: a change, or a problem, and nothing else. */
class ChangesFuzzTest {

  @FuzzTest
  void bodies(FuzzedDataProvider data) {
    read(data.consumeRemainingAsString());
  }

  @Test
  void piecesOfBodies() {
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"channel\"",
      "\"state\"",
      "\"outgoing\"",
      "\"open\"",
      "\"ja\"",
      "null",
      "1e999",
      "\"\\ud800\"",
      " "
    };
    Random random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      StringBuilder body = new StringBuilder("{");
      for (int j = random.nextInt(12); j >= 0; j--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      read(body.toString());
    }
  }

  private static void read(String body) {
    try {
      Changes.channel(body);
    } catch (ProblemException refused) {
      // One of the two outcomes.
    }
    try {
      Changes.microphone(body);
    } catch (ProblemException refused) {
      // One of the two outcomes.
    }
  }
}
