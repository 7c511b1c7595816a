package org.kakehashi.server.config;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in the file: a configuration, or its mistakes by name, and nothing else. */
class ConfigurationFuzzTest {

  @FuzzTest
  void files(FuzzedDataProvider data) {
    read(data.consumeRemainingAsString());
  }

  @Test
  void theShippedFileWithMistakes() throws IOException {
    String shipped = Files.readString(Path.of("..", "kakehashi.yaml"));
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      StringBuilder bent = new StringBuilder(shipped);
      for (int j = 0; j < 20; j++) {
        bent.setCharAt(random.nextInt(bent.length()), (char) (9 + random.nextInt(118)));
      }
      read(bent.toString());
    }
  }

  private static void read(String text) {
    try {
      Configuration.parse(text, Path.of("/srv"), Map.of());
    } catch (ConfigurationException mistakes) {
      if (mistakes.mistakes().isEmpty()) {
        throw new AssertionError("refused without a reason", mistakes);
      }
    }
  }
}
