package org.kakehashi.server.http;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.kakehashi.server.problem.ProblemException;

/** Whatever is sent to change a recording: read, or refused in words. */
class RecordingChangesFuzzTest {

  @FuzzTest
  void bodies(FuzzedDataProvider data) {
    boolean poster = data.consumeBoolean();
    String body = data.consumeRemainingAsString();
    try {
      if (poster) {
        RecordingChanges.moment(body);
      } else {
        RecordingChanges.read(body);
      }
    } catch (ProblemException refused) {
      // As it should be.
    }
  }
}
