package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.server.live.RequestReader.Frame;
import org.kakehashi.server.problem.ProblemException;

/** Whatever comes over a socket is read, or answered with a problem. */
class RequestReaderFuzzTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\"type\"",
    "\"listen\"",
    "\"hello\"",
    "\"page\"",
    "\"attend\"",
    "\"connection\"",
    "\"channel\"",
    "\"microphone\"",
    "\"state\"",
    "\"open\"",
    "\"languages\"",
    "\"ref\"",
    "\"source\"",
    "null",
    "true",
    "-0",
    "1e999",
    "\\u0000",
    "\"\\ud800\"",
    " ",
    "\n",
    "\"speaks\"",
    "\"language\"",
    "\"fr\"",
    "\"play\"",
    "\"file\"",
    "\u0000"
  };

  private final RequestReader reader = new RequestReader();

  @FuzzTest(maxDuration = "20s")
  void anyText(FuzzedDataProvider data) {
    read(data.consumeRemainingAsString());
  }

  @Test
  void anySequenceOfPieces() {
    Random random = new Random(20261122);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{\"type\":");
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      read(text.append(random.nextBoolean() ? "}" : "").toString());
    }
  }

  private void read(String text) {
    Frame frame = reader.read(text);
    assertThat(frame.outcome()).isNotNull();
    try {
      assertThat(reader.hello(text).page()).isNotNull();
    } catch (ProblemException refused) {
      assertThat(refused.problem().detail()).isNotBlank();
    }
  }
}
