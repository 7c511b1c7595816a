package org.kakehashi.server.replay;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.kakehashi.server.problem.ProblemException;

/** Whatever is sent as captions: refused in words, or written so that it reads the same again. */
class WebVttFuzzTest {

  @FuzzTest
  void captions(FuzzedDataProvider data) {
    WebVtt read;
    try {
      read = WebVtt.read(data.consumeRemainingAsBytes());
    } catch (ProblemException refused) {
      return;
    }
    WebVtt again = WebVtt.read(read.write(null).getBytes(StandardCharsets.UTF_8));
    if (!again.equals(read)) {
      throw new AssertionError(read + " became " + again);
    }
  }
}
